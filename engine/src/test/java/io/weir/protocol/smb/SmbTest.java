package io.weir.protocol.smb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmbTest {
    private static final byte[] GUID = Talk.hex("01020304 0506 0708 090a 0b0c0d0e0f10");
    private static final byte[] NEGOTIATE = two(0, 0, 0, 1, Talk.hex("2400 0200 0100 0000 00000000"), GUID,
        Talk.hex("0000000000000000 1002 1103"));
    private static final byte[] NEGOTIATED = two(0, 1, 0, 1, Talk.hex("4100 0100 1103 0000"), GUID,
        Talk.hex("00000000 00001000 00001000 00000800"), new byte[24]);
    private static final byte[] TREE = two(3, 0, 0, 2, Talk.hex("0900 0000 4800 1200"), wide("\\\\srv\\doc"));
    private static final byte[] TREE_ANSWER = two(3, 1, 0, 2, Talk.hex("1000 01 00 00000000 00000000 00000000"));
    private static final byte[] CREATE = two(5, 0, 0, 3, Talk.hex("3900 00 00 02000000 0000000000000000"
        + "0000000000000000 00000000 00000000 00000000 01000000 00100000 7800 0a00 00000000 00000000"),
        wide("a.txt"));
    private static final byte[] CREATE_PENDING = two(5, 1, 0x103, 3, Talk.hex("0900 0000 00000000"));
    private static final byte[] CREATE_ANSWER = two(5, 1, 0xc0000022, 3, Talk.hex("0900 0000 00000000"));
    private static final String TREE_TOLD = "\"smb\":{\"id\":2,\"command\":\"SMB2_COMMAND_TREE_CONNECT\","
        + "\"session_id\":77,\"share\":\"\\\\\\\\srv\\\\doc\",\"status\":\"STATUS_SUCCESS\",\"status_code\":\"0x0\","
        + "\"tree_id\":5,\"share_type\":\"FILE\",\"dialect\":\"3.11\"}";
    private static final String CREATE_TOLD = "\"smb\":{\"id\":3,\"command\":\"SMB2_COMMAND_CREATE\","
        + "\"session_id\":77,\"tree_id\":5,\"filename\":\"a.txt\",\"disposition\":\"FILE_OPEN\","
        + "\"access\":\"delete on close\",\"status\":\"STATUS_ACCESS_DENIED\",\"status_code\":\"0xc0000022\","
        + "\"dialect\":\"3.11\"}";

    private static Talk session() {
        return Talk.tcp(445).client(NEGOTIATE).server(NEGOTIATED).client(TREE).server(TREE_ANSWER)
            .client(CREATE).server(CREATE_PENDING).server(CREATE_ANSWER);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 70, 10000})
    void shouldPairCommandsWithTheirFinalAnswers(final int segment) {
        final Talk talk = session().segmented(segment);
        assertEquals("smb", talk.protocol());
        assertEquals(List.of("\"smb\":{\"id\":1,\"command\":\"SMB2_COMMAND_NEGOTIATE_PROTOCOL\",\"session_id\":77,"
            + "\"tree_id\":5,\"client_dialects\":[\"2.10\",\"3.11\"],"
            + "\"client_guid\":\"04030201-0605-0807-0a09-0c0b100f0e0d\",\"status\":\"STATUS_SUCCESS\","
            + "\"status_code\":\"0x0\",\"server_guid\":\"04030201-0605-0807-0a09-0c0b100f0e0d\","
            + "\"max_read_size\":1048576,\"max_write_size\":524288,\"dialect\":\"3.11\"}", TREE_TOLD, CREATE_TOLD),
            talk.objects());
    }

    @Test
    void shouldTellWhoLogsOn() {
        final byte[] user = wide("bob");
        final byte[] domain = wide("CORP");
        final byte[] host = wide("PC7");
        final ByteBuffer ntlm = ByteBuffer.allocate(72 + user.length + domain.length + host.length)
            .order(ByteOrder.LITTLE_ENDIAN).put("NTLMSSP\0".getBytes(StandardCharsets.US_ASCII)).putInt(3)
            .putLong(0).putLong(0);
        int at = 72;
        for (final byte[] part : new byte[][] {domain, user, host}) {
            ntlm.putShort((short) part.length).putShort((short) part.length).putInt(at);
            at += part.length;
        }
        ntlm.putLong(0).putInt(1 | 1 << 25).put(Talk.hex("0a00 614a 0000000f")).put(domain).put(user).put(host);
        final byte[] setup = two(1, 0, 0, 2, Talk.hex("1900 00 01 00000000 00000000 5800 6000 0000000000000000"),
            ntlm.array());
        final List<String> objects = Talk.tcp(445).client(NEGOTIATE).server(NEGOTIATED).client(setup).objects();
        assertTrue(objects.get(1).contains("\"ntlmssp\":{\"domain\":\"CORP\",\"user\":\"bob\",\"host\":\"PC7\","
            + "\"version\":\"10.0 build 19041 rev 15\"}"), objects.get(1));
    }

    @Test
    void shouldReadVersionOne() {
        final byte[] negotiate = one(0x72, 0, Talk.hex("00 0c00 02"), text("NT LM 0.12\0"));
        final byte[] answer = one(0x72, 0x80, Talk.hex("01 0000 0000"));
        final byte[] tree = one(0x75, 0, Talk.hex("04 ff000000 0000 0100 1500 00"), text("\\\\s\\d\0A:\0"));
        final byte[] treeAnswer = one(0x75, 0x80, Talk.hex("03 ff000000 0000 0600"), text("A:\0FAT\0"));
        final List<String> objects = Talk.tcp(139).client(negotiate).server(answer).client(tree).server(treeAnswer)
            .objects();
        assertEquals(List.of("\"smb\":{\"id\":1,\"command\":\"SMB1_COMMAND_NEGOTIATE_PROTOCOL\",\"session_id\":3,"
            + "\"tree_id\":1,\"client_dialects\":[\"NT LM 0.12\"],\"status\":\"STATUS_SUCCESS\","
            + "\"status_code\":\"0x0\",\"dialect\":\"NT LM 0.12\"}",
            "\"smb\":{\"id\":2,\"command\":\"SMB1_COMMAND_TREE_CONNECT_ANDX\",\"session_id\":3,"
            + "\"share\":\"\\\\\\\\s\\\\d\",\"status\":\"STATUS_SUCCESS\",\"status_code\":\"0x0\",\"tree_id\":1,"
            + "\"service\":{\"request\":\"A:\",\"response\":\"A:\"},\"dialect\":\"NT LM 0.12\"}"), objects);
    }

    @Test
    void shouldSkipWhatIsWrittenAndWhatIsEncrypted() {
        final byte[] write = two(9, 0, 0, 9, new byte[100_000]);
        final byte[] encrypted = Talk.hex("00000050 fd534d42" + "aa".repeat(76));
        final Talk talk = Talk.tcp(445).client(NEGOTIATE).server(NEGOTIATED).client(write).client(encrypted)
            .client(TREE).server(TREE_ANSWER);
        assertEquals(TREE_TOLD, talk.objects().get(1));
        assertEquals(2, talk.objects().size());
        assertTrue(talk.isEncrypted());
    }

    @Test
    void shouldFindTheNextMessageBehindAGap() {
        final Talk talk = Talk.tcp(445).client(NEGOTIATE).server(NEGOTIATED).gap(true, 1000)
            .client(Talk.hex("00ff534d00")).client(TREE).server(TREE_ANSWER);
        assertEquals(TREE_TOLD, talk.objects().get(1));
    }

    @Test
    void shouldBeginInTheMiddleAndFromTheServersSide() {
        assertEquals("smb", Talk.tcp(445).midStream().client(TREE).protocol());
        assertEquals("smb", Talk.tcp(4450).server(NEGOTIATED).protocol());
    }

    @Test
    void shouldTellCommandsThatNobodyAnswered() {
        assertEquals(2, Talk.tcp(445).client(NEGOTIATE).client(TREE).objects().size());
    }

    @Test
    void shouldNotRecogniseAnotherHeader() {
        final byte[] other = NEGOTIATE.clone();
        other[8] = 63;
        assertNotEquals("smb", Talk.tcp(445).client(other).protocol());
    }

    @Test
    void shouldSurviveAnything() {
        final Random random = new Random(21);
        for (int i = 0; i < 400; i++) {
            final byte[][] said = {NEGOTIATE.clone(), TREE.clone(), CREATE.clone(), CREATE_ANSWER.clone(),
                one(random.nextInt(256), random.nextInt(256), new byte[60])};
            for (final byte[] bytes : said) {
                for (int flips = 0; flips < 6; flips++) {
                    bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
                }
            }
            final Talk talk = Talk.tcp(445).client(NEGOTIATE).server(NEGOTIATED).client(said[0]).client(said[1])
                .gap(random.nextBoolean(), 7).client(said[2]).server(said[3]).client(said[4]).server(said[4]);
            assertEquals(0, talk.segmented(1 + random.nextInt(300)).faults());
        }
    }

    private static byte[] wide(final String text) {
        return text.getBytes(StandardCharsets.UTF_16LE);
    }

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] two(final int command, final int flags, final int status, final int message,
        final byte[]... body) {
        int length = 64;
        for (final byte[] part : body) {
            length += part.length;
        }
        final ByteBuffer b = ByteBuffer.allocate(4 + length).putInt(length).order(ByteOrder.LITTLE_ENDIAN)
            .put(Talk.hex("fe534d42 4000 0000")).putInt(status).putShort((short) command).putShort((short) 1)
            .putInt(flags).putInt(0).putLong(message).putInt(0).putInt(5).putLong(77).put(new byte[16]);
        for (final byte[] part : body) {
            b.put(part);
        }
        return b.array();
    }

    private static byte[] one(final int command, final int flags, final byte[]... body) {
        int length = 32;
        for (final byte[] part : body) {
            length += part.length;
        }
        final ByteBuffer b = ByteBuffer.allocate(4 + length).putInt(length).order(ByteOrder.LITTLE_ENDIAN)
            .put(Talk.hex("ff534d42")).put((byte) command).putInt(0).put((byte) flags).putShort((short) 0x4000)
            .put(new byte[12]).putShort((short) 1).putShort((short) 2).putShort((short) 3).putShort((short) 4);
        for (final byte[] part : body) {
            b.put(part);
        }
        return b.array();
    }
}
