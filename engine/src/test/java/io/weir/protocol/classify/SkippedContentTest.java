package io.weir.protocol.classify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies are passed over without their parser: what is told of them and of what follows must be right all the same. */
final class SkippedContentTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";

    private final FlowPlayer player = new FlowPlayer().keepingRecords();

    @Test
    void shouldReadTheMessageBehindABodyInPieces() {
        begin();
        says(false, ANSWER + "x".repeat(100));
        says(false, "x".repeat(400));
        says(true, "GET /second HTTP/1.1\r\n\r\n");
        says(false, "x".repeat(499));
        says(false, "x" + "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        final List<String> records = http();
        assertEquals(2, records.size());
        assertTrue(records.get(0).contains("\"status\":200,\"length\":1000"), records.get(0));
        assertTrue(records.get(1).contains("/second") && records.get(1).contains("\"status\":404"), records.get(1));
    }

    @Test
    void shouldSayHowMuchOfABodyIsPassedOver() {
        begin();
        assertPassedOver(0, 0);
        says(false, ANSWER + "x".repeat(100));
        assertPassedOver(0, 100);
        says(false, "x".repeat(800));
        assertPassedOver(800, 0);
        says(true, "GET /second HTTP/1.1\r\n\r\n");
        assertPassedOver(0, 0);
        says(false, "x".repeat(98));
        assertPassedOver(98, 0);
        says(false, "xx" + ANSWER + "x".repeat(1_000));
        assertPassedOver(1, 1_000);
        says(false, ANSWER + "x".repeat(1_000) + "HTTP/1.1 204 No Content\r\n");
        assertPassedOver(0, 0);
    }

    @Test
    void shouldNotCallPassedOverWhatToldThatARefusedBodyComes() {
        player.tcp(40_000, 80, false);
        says(true, "PUT /first HTTP/1.1\r\nHost: example.org\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n");
        says(false, "HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n");
        says(true, "{".repeat(500));
        assertPassedOver(0, 0);
        says(true, "{".repeat(400));
        assertPassedOver(400, 0);
    }

    private void assertPassedOver(final int first, final int last) {
        assertEquals(first, player.passedFirst());
        assertEquals(last, player.passedLast());
    }

    @Test
    void shouldCountWhatCameOfABodyThatStaysHalf() {
        begin();
        says(false, ANSWER);
        says(false, "x".repeat(300));
        says(false, "x".repeat(22));
        final List<String> records = http();
        assertTrue(records.get(0).contains("\"status\":200,\"length\":322"), records.get(0));
    }

    @Test
    void shouldCountMissingBytesAsPartOfABody() {
        begin();
        says(false, ANSWER + "x".repeat(100));
        says(false, "x".repeat(100));
        player.gap(false, 500);
        says(false, "x".repeat(300) + "HTTP/1.1 204 No Content\r\n\r\n");
        final List<String> records = http();
        assertTrue(records.get(0).contains("\"status\":200,\"length\":1000"), records.get(0));
        assertTrue(records.get(1).contains("\"status\":204"), records.get(1));
    }

    private void begin() {
        player.tcp(40_000, 80, false);
        says(true, "GET /first HTTP/1.1\r\nHost: example.org\r\n\r\n");
    }

    private void says(final boolean fromClient, final String text) {
        player.says(fromClient, text.getBytes(US_ASCII));
    }

    private List<String> http() {
        player.end();
        final List<String> records =
            player.records().stream().filter(record -> record.contains("\"event_type\":\"http\"")).toList();
        player.close();
        return records;
    }
}
