package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.InspectedTrace;
import io.weir.Json;
import io.weir.engine.MemorySource;
import io.weir.protocol.WireTalk.Form;
import io.weir.protocol.application.ApplicationTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However an exchange is cut into records, segments and fragments, in whatever order they come and on whatever port:
 * through the whole engine it gives the records of its plain form.
 */
final class EvasionTest {
    private static final int ODD_PORT = 31_337;
    /** What depends on frames and ports, and not on what was said. */
    private static final Set<String> ACCIDENTAL = Set.of("timestamp", "flow_id", "pcap_cnt", "community_id",
        "src_port", "dest_port", "http_port");

    /** Protocols whose single datagrams are too much like anything else. */
    private static final Set<String> BY_PORT = Set.of("ntp");

    static List<SampleTalk> talks() {
        return SampleTalk.known();
    }

    static List<SampleTalk> streams() {
        return SampleTalk.known().stream().filter(talk -> !talk.isUdp()).toList();
    }

    @ParameterizedTest
    @MethodSource("talks")
    void shouldRecogniseThePlainForm(final SampleTalk talk) {
        assertTrue(protocols(plain(talk)).contains(talk.protocol()), plain(talk).records().toString());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldReadTheSameFromBytesOneByOne(final SampleTalk talk) {
        assertSame(talk, Form.BYTE_BY_BYTE);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldReadTheSameFromSwappedHalves(final SampleTalk talk) {
        assertSame(talk, Form.HALVES_SWAPPED);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldReadTheSameFromSegmentsInReverse(final SampleTalk talk) {
        assertSame(talk, Form.REVERSED);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldReadTheSameFromOverlappingSegments(final SampleTalk talk) {
        assertSame(talk, Form.OVERLAPPING);
    }

    @ParameterizedTest
    @MethodSource("talks")
    void shouldReadTheSameFromFragments(final SampleTalk talk) {
        assertSame(talk, Form.FRAGMENTED);
        assertSame(talk, Form.FRAGMENTS_REVERSED);
    }

    @ParameterizedTest
    @MethodSource("talks")
    void shouldReadTheSameOnAnOddPort(final SampleTalk talk) {
        assumeTrue(!BY_PORT.contains(talk.protocol()), "its datagrams say too little of themselves elsewhere");
        final InspectedTrace odd = play(talk.on(new WireTalk(Form.PLAIN), ODD_PORT));
        assertEquals(essence(plain(talk).transactions()), essence(odd.transactions()));
        assertEquals(protocols(plain(talk)), protocols(odd));
    }

    @ParameterizedTest
    @MethodSource("hellosInRecords")
    void shouldReadTheSameHelloFromSeveralRecords(final List<byte[]> records) {
        final WireTalk wire = new WireTalk(Form.PLAIN).tcp(40_000, 443);
        records.forEach(record -> wire.says(true, record));
        final WireTalk whole = new WireTalk(Form.PLAIN).tcp(40_000, 443)
            .says(true, SampleTalk.record(SampleTalk.clientHello())).close();
        final List<Map<String, Object>> expected = essence(play(whole).transactions());
        assertFalse(expected.isEmpty());
        assertEquals(expected, essence(play(wire.close()).transactions()));
    }

    static Stream<List<byte[]>> hellosInRecords() {
        final byte[] hello = SampleTalk.clientHello();
        return Stream.of(1, 3, 4, 40, 100).map(size -> {
            final List<byte[]> records = new ArrayList<>();
            for (int from = 0; from < hello.length; from += size) {
                records.add(SampleTalk.record(Arrays.copyOfRange(hello, from, Math.min(hello.length, from + size))));
            }
            return records;
        });
    }

    private static void assertSame(final SampleTalk talk, final Form form) {
        final InspectedTrace other = play(talk.on(new WireTalk(form), talk.port()));
        assertEquals(essence(plain(talk).transactions()), essence(other.transactions()), form.toString());
        assertEquals(protocols(plain(talk)), protocols(other), form.toString());
    }

    private static InspectedTrace plain(final SampleTalk talk) {
        return play(talk.on(new WireTalk(Form.PLAIN), talk.port()));
    }

    private static InspectedTrace play(final WireTalk wire) {
        try (MemorySource source = new MemorySource(wire.frames(), 8, 64, false)) {
            return InspectedTrace.of(source, 1, ApplicationTable.standard());
        }
    }

    private static List<Map<String, Object>> essence(final List<String> lines) {
        final List<Map<String, Object>> events = new ArrayList<>();
        for (final String line : lines) {
            final Map<String, Object> event = new TreeMap<>(Json.object(line));
            event.keySet().removeAll(ACCIDENTAL);
            events.add(event);
        }
        return events;
    }

    private static List<?> protocols(final InspectedTrace trace) {
        assertEquals(1, trace.flows().size(), trace.flows().toString());
        return (List<?>) ((Map<?, ?>) Json.object(trace.flows().get(0)).get("weir")).get("protocols");
    }
}
