package io.weir.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records of a file that comes in parts. */
final class RangedFileTest {
    private static final String FILE =
        "\"filename\":\"/a\",\"gaps\":false,\"state\":\"CLOSED\",\"stored\":false,\"size\":";

    /** A connection that fetches these ranges of a file of twelve bytes. */
    private static List<String> files(final String host, final int... places) {
        Talk talk = Talk.tcp(80);
        for (int i = 0; i < places.length; i += 2) {
            talk = talk.client("GET /a HTTP/1.1\r\nHost: " + (i == 0 ? "h" : host) + "\r\n\r\n")
                .server("HTTP/1.1 206 Partial Content\r\nContent-Length: " + (places[i + 1] - places[i] + 1)
                    + "\r\nContent-Range: bytes " + places[i] + "-" + places[i + 1] + "/12\r\n\r\n"
                    + "abcdefghijkl".substring(places[i], places[i + 1] + 1));
        }
        return talk.withFiles().records().stream().filter(line -> line.contains("\"event_type\":\"fileinfo\""))
            .map(line -> line.replaceAll(".*\"fileinfo\":\\{(.*?),\"tx_id.*", "$1")).toList();
    }

    @Test
    void shouldTellTheWholeBehindItsLastPart() {
        assertEquals(List.of(FILE + "5,\"start\":0,\"end\":4", FILE + "4,\"start\":5,\"end\":8",
            FILE + "3,\"start\":9,\"end\":11", FILE + "12"), files("h", 0, 4, 5, 8, 9, 11));
    }

    @Test
    void shouldTellNoWholeOfWhichAPartIsMissing() {
        assertEquals(2, files("h", 0, 4, 6, 11).size());
        assertEquals(1, files("h", 6, 11).size());
        assertEquals(2, files("h", 0, 4, 5, 10).size());
    }

    @Test
    void shouldNotJoinPartsOfDifferentFiles() {
        assertEquals(2, files("other", 0, 4, 5, 11).size());
    }

    @Test
    void shouldTellAFileOfOnePartOnce() {
        assertEquals(1, files("h", 0, 11).size());
    }
}
