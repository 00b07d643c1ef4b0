package io.weir.protocol.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.Talk;
import io.weir.protocol.Transaction;
import io.weir.protocol.TransactionListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What alerts say of the files of a transaction is the same whether it is told at once or when there is an alert. */
final class FilesOfAlertsTest {
    private static final String EXCHANGES = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde"
        + "HTTP/1.1 200 OK\r\nContent-Disposition: attachment; filename=\"f.txt\"\r\nContent-Length: 3\r\n\r\nxyz"
        + "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-2/9\r\nContent-Length: 3\r\n\r\nxyz"
        + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nhi\r\n0\r\n\r\n"
        + "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab";

    @Test
    void shouldSayTheSameOfFilesWhoseNamesNobodyAsksFor() {
        final List<String> asked = told(Files.NAME);
        assertEquals(asked, told(null));
        assertEquals(6, asked.size());
        assertTrue(asked.get(1).contains(HexFormat.of().formatHex("f.txt".getBytes(StandardCharsets.US_ASCII))));
        assertEquals("+", asked.get(3));
    }

    private static List<String> told(final Field wanted) {
        final List<String> files = new ArrayList<>();
        Talk.tcp(80).client("GET /a HTTP/1.1\r\nHost: x\r\n\r\n".repeat(5)
            + "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi").server(EXCHANGES)
            .withFiles().watchedBy(new TransactionListener() {
                @Override
                public boolean wants(final Field field) {
                    return field == wanted;
                }

                @Override
                public void told(final long flow, final Protocol protocol, final Transaction transaction,
                    final Stage stage) {
                    if (stage == Stage.CLOSED) {
                        transaction.tellLastFile();
                        files.add(bytes(transaction, true) + "+" + bytes(transaction, false));
                    }
                }

                @Override
                public void event(final long flow, final Protocol protocol, final ProtocolEvent event,
                    final Transaction of) {
                    // what is odd is of no interest here
                }
            }).protocol();
        return files;
    }

    private static String bytes(final Transaction transaction, final boolean fromClient) {
        final int length = transaction.filesLength(fromClient);
        return length == 0 ? "" : HexFormat.of()
            .formatHex(Arrays.copyOf(transaction.files(fromClient).array(), length));
    }
}
