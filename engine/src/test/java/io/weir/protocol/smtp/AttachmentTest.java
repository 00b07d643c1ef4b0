package io.weir.protocol.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Field;
import io.weir.protocol.Talk;
import io.weir.protocol.Watcher;
import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of files that are attached to messages. */
final class AttachmentTest {
    private static final Field HASH =
        Protocols.fields().stream().filter(field -> field.name().equals("file.md5")).findFirst().orElseThrow();

    private static Talk mail(final String... partHeaders) {
        return Talk.tcp(25).server("220 a ESMTP\r\n").client("EHLO b\r\n").server("250 a\r\n")
            .client("MAIL FROM:<c>\r\nRCPT TO:<d>\r\nDATA\r\n").server("250 ok\r\n250 ok\r\n354 go\r\n")
            .client("Content-Type: multipart/mixed; boundary=XX\r\n\r\n--XX\r\n\r\nhello\r\n--XX\r\n"
                + String.join("\r\n", partHeaders) + "\r\n--XX--\r\n.\r\n").server("250 ok\r\n");
    }

    private static void assertFile(final String name, final String content, final Talk talk) {
        for (final int pieces : new int[] {Integer.MAX_VALUE, 1, 7}) {
            final Watcher watcher = Watcher.of(Files.DATA, Files.NAME);
            final List<String> objects = talk.withFiles().segmented(pieces).watchedBy(watcher).objects();
            assertEquals(List.of("> file.data=" + content, "> file.name=" + name), watcher.told());
            assertEquals(2, objects.size());
            assertEquals("\"app_proto\":\"smtp\",\"fileinfo\":{\"filename\":\"" + name + "\",\"gaps\":false,"
                + "\"state\":\"CLOSED\",\"stored\":false,\"size\":" + content.length() + ",\"tx_id\":0},"
                + "\"smtp\":{\"helo\":\"b\",\"mail_from\":\"<c>\",\"rcpt_to\":[\"<d>\"]},"
                + "\"email\":{\"attachment\":[\"" + name + "\"],\"status\":\"PARSE_DONE\"}", objects.get(0));
        }
    }

    @Test
    void shouldDecodeBase64() {
        assertFile("a.txt", "Hello World", mail("Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment; filename=\"a.txt\"", "", "SGVsbG8g", "V29y bGQ=", ""));
    }

    @Test
    void shouldHashWhatIsDecodedIfRulesAsk() {
        final Watcher watcher = Watcher.of(HASH);
        final List<String> objects = mail("Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment; filename=\"a.txt\"", "", "SGVsbG8g", "V29y bGQ=", "").withFiles()
            .watchedBy(watcher).objects();
        assertEquals(1, watcher.told().size());
        assertTrue(objects.get(0).contains("\"state\":\"CLOSED\",\"md5\":\"b10a8db164e0754105b7a99be72e3fe5\","));
    }

    @Test
    void shouldDecodeQuotedPrintable() {
        assertFile("b", "a=b\r\ncd\r\n", mail("Content-Transfer-Encoding: Quoted-Printable",
            "Content-Disposition: attachment; filename=b", "", "a=3Db  ", "c=", "d", ""));
    }

    @Test
    void shouldTakeOtherContentAsItIs() {
        assertFile("c", "x\r\ny=3D", mail("Content-Type: text/plain; name=c", "", "x", "y=3D"));
    }

    @Test
    void shouldJoinPiecesOfNames() {
        assertFile("abcd", "x", mail("Content-Disposition: attachment;", " filename*0=ab;", " filename*1=\"cd\"", "",
            "x"));
    }
}
