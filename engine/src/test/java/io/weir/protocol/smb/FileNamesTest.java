package io.weir.protocol.smb;

import static io.weir.protocol.smb.Messages.chain;
import static io.weir.protocol.smb.Messages.created;
import static io.weir.protocol.smb.Messages.little;
import static io.weir.protocol.smb.Messages.two;
import static io.weir.protocol.smb.Messages.wide;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is done to open files is told with their names. */
class FileNamesTest {
    private static final byte[] FILE = Talk.hex("01020304 05060708 090a0b0c 0d0e0f10");
    private static final byte[] LAST_OPENED = Talk.hex("ffffffff ffffffff ffffffff ffffffff");
    private static final String ID = "\"fuid\":\"04030201-0605-0807-0a09-0c0b100f0e0d\"";

    private static byte[] set(final int message, final int level, final byte[] file, final byte[]... data) {
        final byte[] all = Messages.join(data);
        return two(17, 0, 0, message, Talk.hex("2100 01"), little(1, level), little(4, all.length),
            Talk.hex("6000 0000 00000000"), file, all);
    }

    private static byte[] rename(final int message, final byte[] file, final String to) {
        return set(message, 10, file, new byte[16], little(4, 2L * to.length()), wide(to));
    }

    private static byte[] done(final int command, final int message) {
        return two(command, 1, 0, message, Talk.hex("0200 0000"));
    }

    private static Talk opened(final String name) {
        return Talk.tcp(445).client(Messages.NEGOTIATE).server(Messages.NEGOTIATED).client(Messages.create(2, name))
            .server(created(2, FILE));
    }

    private static String told(final Talk talk, final int record) {
        assertEquals(0, talk.faults());
        final List<String> objects = talk.objects();
        return objects.get(record).replaceAll(".*\"tree_id\":5,|,\"status\".*", "");
    }

    @Test
    void shouldTellTheNameThatAFileHad() {
        assertEquals("\"set_info\":{\"class\":\"FILE_INFO\",\"info_level\":\"SMB2_FILE_RENAME_INFO\"},"
            + "\"rename\":{\"from\":\"a\\\\b.txt\",\"to\":\"c.txt\"}," + ID,
            told(opened("a\\b.txt").client(rename(3, FILE, "c.txt")).server(done(17, 3)), 2));
    }

    @Test
    void shouldTellTheNameOfWhatIsDeleted() {
        final String level = "\"set_info\":{\"class\":\"FILE_INFO\",\"info_level\":\"SMB2_FILE_DISPOSITION_INFO\"},";
        assertEquals(level + "\"filename\":\"x\",\"access\":\"delete on close\"," + ID,
            told(opened("x").client(set(3, 13, FILE, new byte[] {1})).server(done(17, 3)), 2));
        assertEquals(level + "\"filename\":\"x\",\"access\":\"normal\"," + ID,
            told(opened("x").client(set(3, 64, FILE, little(4, 2))).server(done(17, 3)), 2));
    }

    @Test
    void shouldNotKnowWhatIsClosedOrWasNotOpened() {
        final byte[] close = two(6, 0, 0, 3, Talk.hex("1800 0000 00000000"), FILE);
        assertTrue(told(opened("x").client(close).server(done(6, 3)).client(rename(4, FILE, "y")), 3)
            .contains("\"from\":\"<unknown>\",\"to\":\"y\""));
        assertTrue(told(Talk.tcp(445).midStream().client(rename(4, FILE, "y")), 0)
            .contains("\"from\":\"<unknown>\",\"to\":\"y\""));
        assertTrue(told(opened("x".repeat(OpenFiles.LONGEST + 1)).client(rename(4, FILE, "y")), 2)
            .contains("\"from\":\"<unknown>\""));
    }

    @Test
    void shouldKnowTheNewestFiles() {
        final Talk talk = opened("first");
        for (int i = 0; i < OpenFiles.MOST; i++) {
            final byte[] file = FILE.clone();
            file[15] = (byte) i;
            talk.client(Messages.create(10 + i, "n" + i)).server(created(10 + i, file));
            if (i == OpenFiles.MOST - 1) {
                talk.client(rename(80, file, "y"));
            }
        }
        talk.client(rename(81, FILE, "y"));
        assertTrue(told(talk, 2 + OpenFiles.MOST).contains("\"from\":\"n15\""));
        assertTrue(told(talk, 3 + OpenFiles.MOST).contains("\"from\":\"<unknown>\""));
    }

    @Test
    void shouldTakeAllOnesForWhatTheChainOpens() {
        final Talk talk = Talk.tcp(445).client(Messages.NEGOTIATE).server(Messages.NEGOTIATED)
            .client(chain(Messages.create(2, "test"), set(3, 13, LAST_OPENED, new byte[] {1})))
            .client(set(4, 13, LAST_OPENED, new byte[] {1}));
        assertTrue(told(talk, 2).contains("\"filename\":\"test\",\"access\":\"delete on close\""));
        assertTrue(told(talk, 3).contains("\"filename\":\"<unknown>\",\"access\":\"delete on close\""));
    }

    @Test
    void shouldSurviveAnything() {
        final Random random = new Random(3);
        for (int i = 0; i < 400; i++) {
            final byte[][] said = {Messages.create(2, "name"), created(2, FILE), rename(3, FILE, "other"),
                chain(Messages.create(4, "two"), rename(5, LAST_OPENED, "x"))};
            for (final byte[] bytes : said) {
                for (int flips = random.nextInt(5); flips > 0; flips--) {
                    bytes[16 + random.nextInt(bytes.length - 16)] = (byte) random.nextInt();
                }
            }
            assertEquals(0, Talk.tcp(445).client(Messages.NEGOTIATE).server(Messages.NEGOTIATED).client(said[0])
                .server(said[1]).client(said[2]).client(said[3]).segmented(1 + random.nextInt(200)).faults());
        }
    }
}
