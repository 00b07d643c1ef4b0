package io.weir.protocol.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Talk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Header blocks, among them the examples of RFC 7541, appendix C. */
final class HeaderBlockTest {
    private final BufferPool pool = new BufferPool(1 << 20);
    private final HeaderTable table = new HeaderTable();
    private final HeaderBlock block = new HeaderBlock();

    @BeforeEach
    void begin() {
        table.begin(pool);
    }

    @AfterEach
    void shouldGiveMemoryBack() {
        table.giveBack();
        assertEquals(0, pool.inUse());
    }

    private boolean decode(final String digits) {
        final byte[] bytes = Talk.hex(digits);
        return block.decode(new Bytes().wrap(bytes, 0, bytes.length), 0, bytes.length, table);
    }

    private List<String> fields() {
        final Bytes lines = block.lines();
        final byte[] text = new byte[lines.length()];
        lines.copyTo(0, text, 0, text.length);
        final List<String> fields = new ArrayList<>();
        for (int i = 0; i < block.count(); i++) {
            final int from = block.name(i);
            fields.add(new String(text, from, block.valueEnd(i) - from, StandardCharsets.ISO_8859_1));
        }
        return fields;
    }

    private void assertFields(final String digits, final String... expected) {
        assertTrue(decode(digits));
        assertEquals(List.of(expected), fields());
    }

    @Test
    void shouldDecodeRequestsThatFollowEachOther() {
        assertFields("828684418cf1e3c2e5f23a6ba0ab90f4ff", ":method: GET", ":scheme: http", ":path: /",
            ":authority: www.example.com");
        assertFields("828684be5886a8eb10649cbf", ":method: GET", ":scheme: http", ":path: /",
            ":authority: www.example.com", "cache-control: no-cache");
        assertFields("828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf", ":method: GET", ":scheme: https",
            ":path: /index.html", ":authority: www.example.com", "custom-key: custom-value");
    }

    @Test
    void shouldDecodeResponsesWhoseTableIsFull() {
        final String location = "location: https://www.example.com";
        table.resize(256);
        assertFields("488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c7"
            + "8f0b97c8e9ae82ae43d3", ":status: 302", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:21 GMT",
            location);
        assertFields("4883640effc1c0bf", ":status: 307", "cache-control: private",
            "date: Mon, 21 Oct 2013 20:13:21 GMT", location);
        assertFields("88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335"
            + "dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007", ":status: 200",
            "cache-control: private", "date: Mon, 21 Oct 2013 20:13:22 GMT", location, "content-encoding: gzip",
            "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1");
        assertFalse(table.has(65), "three fields have room");
        assertTrue(table.has(64));
    }

    @Test
    void shouldLeaveOutFieldsThatAreNotKnown() {
        assertFields("82 be 84", ":method: GET", ":path: /");
        assertTrue(block.isCut());
        assertFields("40 01 61 01 62 be", "a: b", "a: b");
    }

    @Test
    void shouldRefuseWhatIsNoBlock() {
        assertFalse(decode("80"), "there is no field 0");
        assertFalse(decode("40 05 61"), "the name is cut");
        assertFalse(decode("ff ff ff ff ff ff ff"), "a number without end");
        assertFalse(decode("40 81 00 01 62"), "padding of zeros behind a code");
        assertFalse(decode("40 84 ff ff ff ff 01 62"), "the code of the end");
    }

    @Test
    void shouldKeepTheTableSmallAndStopBlocksThatWouldBeLarge() {
        final StringBuilder large = new StringBuilder("3f e1 ff 03 40 01 61 7f e1 3e");
        for (int i = 0; i < 8_160; i++) {
            large.append(" 62");
        }
        assertTrue(decode(large.toString()));
        assertTrue(decode("be".repeat(4)));
        assertFalse(decode("be".repeat(4_000)), "32 MB of text");
        assertTrue(pool.inUse() <= 2 * HeaderTable.MOST);
    }

    @Test
    void shouldGoOnWithoutMemory() {
        final BufferPool none = new BufferPool(0);
        table.begin(none);
        assertFields("40 01 61 01 62", "a: b");
        assertFields("82 be", ":method: GET");
        table.begin(pool);
    }
}
