package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.InspectedTrace;
import io.weir.base.Counter;
import io.weir.engine.MemorySource;
import io.weir.output.Summary;
import io.weir.protocol.WireTalk.Form;
import io.weir.protocol.application.ApplicationTable;
import org.junit.jupiter.api.Test;

/** Counters of announced flows, through the whole engine. */
final class ExpectationCountersTest {
    /** Announcements that an engine keeps. */
    private static final int KEPT = 4 * 1024;

    @Test
    void shouldCountTheAnnouncementsThatGiveWay() {
        final WireTalk wire = new WireTalk(Form.PLAIN);
        for (int i = 0; i < KEPT + 5; i++) {
            wire.udp(20_000 + i, 69).says(true, Talk.text("\0\1boot/file.bin\0octet\0"));
        }
        final Summary summary = play(wire);
        assertEquals(5, summary.count(Counter.EXPECTATIONS_DISPLACED));
        assertEquals(0, summary.count(Counter.EXPECTATIONS_CUT));
    }

    @Test
    void shouldCountTheAnnouncementsWhoseFieldsAreTooLong() {
        assertEquals(0, play(fetching("a".repeat(100))).count(Counter.EXPECTATIONS_CUT));
        final Summary summary = play(fetching("a".repeat(1_100)));
        assertEquals(1, summary.count(Counter.EXPECTATIONS_CUT));
        assertEquals(0, summary.count(Counter.EXPECTATIONS_DISPLACED));
    }

    private static WireTalk fetching(final String file) {
        return new WireTalk(Form.PLAIN).tcp(40_000, 21).says(false, Talk.text("220 ready\r\n"))
            .says(true, Talk.text("USER a\r\n")).says(false, Talk.text("230 in\r\n"))
            .says(true, Talk.text("PASV\r\n")).says(false, Talk.text("227 Entering Passive Mode (10,0,0,2,7,208)\r\n"))
            .says(true, Talk.text("RETR " + file + "\r\n")).says(false, Talk.text("150 here\r\n")).close();
    }

    private static Summary play(final WireTalk wire) {
        try (MemorySource source = new MemorySource(wire.frames(), 8, 64, false)) {
            return InspectedTrace.of(source, 1, ApplicationTable.NONE).summary();
        }
    }
}
