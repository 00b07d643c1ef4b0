package io.weir.protocol.smb;

import static io.weir.protocol.smb.Messages.join;
import static io.weir.protocol.smb.Messages.little;
import static io.weir.protocol.smb.Messages.two;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of DCE/RPC over named pipes of version 2. */
class PipeCallTest {
    private static final byte[] PIPE = Talk.hex("01020304 05060708 090a0b0c 0d0e0f10");
    private static final byte[] OTHER = Talk.hex("11020304 05060708 090a0b0c 0d0e0f10");
    private static final byte[] TREE = two(3, 0, 0, 2, Talk.hex("0900 0000 4800 1200"), Messages.wide("\\\\s\\IPC$"));
    private static final byte[] PIPES = two(3, 1, 0, 2, Talk.hex("1000 02 00 00000000 00000000 00000000"));
    private static final byte[] FILES = two(3, 1, 0, 2, Talk.hex("1000 01 00 00000000 00000000 00000000"));
    private static final String LSARPC = "78573412 3412 cdab ef00 0123456789ab";
    private static final String SYNTAX = "045d888a eb1c c911 9fe8 08002b104860 02000000";
    static final byte[] BIND = packet(11, 3, 2, Talk.hex("b810 b810 00000000 02 000000 0000 01 00" + LSARPC
        + "0000 0000" + SYNTAX + "0100 01 00" + LSARPC + "0300 0100" + SYNTAX));
    static final byte[] BOUND = packet(12, 3, 2, Talk.hex("b810 b810 00000000 0d00 5c706970655c6c73617373 0000"
        + "00 02 000000 0000 0000" + SYNTAX + "0200 0100" + SYNTAX));
    private static final String UUID = "{\"uuid\":\"12345778-1234-abcd-ef00-0123456789ab\",\"version\":";

    /** A packet with its header, the numbers with the least byte first. */
    private static byte[] packet(final int type, final int flags, final int call, final byte[] rest) {
        return join(new byte[] {5, 0, (byte) type, (byte) flags, 0x10, 0, 0, 0}, little(2, 16 + rest.length),
            little(2, 0), little(4, call), rest);
    }

    static byte[] request(final int flags, final int call, final int opnum, final int stub) {
        return packet(0, flags, call, join(little(4, stub), little(2, 0), little(2, opnum), new byte[stub]));
    }

    static byte[] response(final int flags, final int call, final int stub) {
        return packet(2, flags, call, join(little(4, stub), little(4, 0), new byte[stub]));
    }

    private static byte[] write(final int message, final byte[] pipe, final byte[]... packets) {
        final byte[] data = join(packets);
        return two(9, 0, 0, message, Talk.hex("3100 7000"), little(4, data.length), new byte[8], pipe, new byte[16],
            data);
    }

    private static byte[] read(final int message, final byte[]... packets) {
        final byte[] data = join(packets);
        return two(8, 1, 0, message, Talk.hex("1100 50 00"), little(4, data.length), new byte[8], data);
    }

    private static byte[] asks(final int message, final byte[] pipe) {
        return two(8, 0, 0, message, Talk.hex("3100 50 00 00040000"), new byte[8], pipe, new byte[17]);
    }

    private static byte[] ofSession(final int session, final byte[] message) {
        message[4 + 40] = (byte) session;
        return message;
    }

    private static byte[] transceive(final int message, final byte[] pipe, final byte[] packet) {
        return two(11, 0, 0, message, Talk.hex("3900 0000 17c01100"), pipe, little(4, 0x78), little(4, packet.length),
            new byte[24], packet);
    }

    private static byte[] transceived(final int message, final int status, final byte[] pipe, final byte[] packet) {
        return two(11, 1, status, message, Talk.hex("3100 0000 17c01100"), pipe, little(8, 0), little(4, 0x70),
            little(4, packet.length), new byte[8], packet);
    }

    private static Talk pipes() {
        return Talk.tcp(445).client(Messages.NEGOTIATE).server(Messages.NEGOTIATED).client(TREE).server(PIPES);
    }

    private static List<String> calls(final Talk talk) {
        assertEquals(0, talk.faults());
        return talk.objects().stream().filter(told -> told.contains("\"dcerpc\"")).map(told ->
            told.replaceAll(".*\"command\":\"|\"session_id\":77,\"tree_id\":5,|\"status\":|,\"status_code\":\"0x0\""
                + "|,\"dialect\":.*", "")).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 300, 10000})
    void shouldTellBindingAndCallsThatAreWrittenAndRead(final int segment) {
        final Talk talk = pipes().client(write(3, PIPE, BIND)).server(read(4, BOUND))
            .client(write(5, PIPE, request(3, 3, 44, 20))).server(read(6, response(3, 3, 7)));
        assertEquals(List.of("SMB2_COMMAND_WRITE\",\"STATUS_SUCCESS\",\"dcerpc\":{\"request\":\"BIND\","
            + "\"response\":\"BINDACK\",\"interfaces\":[" + UUID + "\"0.0\",\"ack_result\":0,\"ack_reason\":0}," + UUID
            + "\"3.1\",\"ack_result\":2,\"ack_reason\":1}],\"call_id\":2}",
            "SMB2_COMMAND_WRITE\",\"STATUS_SUCCESS\",\"dcerpc\":{\"request\":\"REQUEST\",\"response\":\"RESPONSE\","
            + "\"opnum\":44,\"req\":{\"frag_cnt\":1,\"stub_data_size\":20},\"interfaces\":[" + UUID + "\"0.0\"}],"
            + "\"res\":{\"frag_cnt\":1,\"stub_data_size\":7},\"call_id\":3}"), calls(talk.segmented(segment)));
    }

    @Test
    void shouldTellACallByAControlFunction() {
        final List<String> calls = calls(pipes().client(transceive(3, PIPE, request(3, 9, 5, 1)))
            .server(transceived(3, 0, PIPE, response(3, 9, 2))));
        assertEquals(List.of("SMB2_COMMAND_IOCTL\",\"function\":\"FSCTL_PIPE_TRANSCEIVE\",\"STATUS_SUCCESS\","
            + "\"dcerpc\":{\"request\":\"REQUEST\",\"response\":\"RESPONSE\",\"opnum\":5,"
            + "\"req\":{\"frag_cnt\":1,\"stub_data_size\":1},\"res\":{\"frag_cnt\":1,\"stub_data_size\":2},"
            + "\"call_id\":9}"), calls);
    }

    @Test
    void shouldJoinFragments() {
        final List<String> calls = calls(pipes().client(write(3, PIPE, request(1, 2, 6, 10)))
            .client(write(4, PIPE, request(0, 2, 6, 10), request(2, 2, 6, 3)))
            .server(read(5, response(1, 2, 8))).server(read(6, response(2, 2, 4))));
        assertEquals(1, calls.size());
        assertTrue(calls.get(0).contains("\"req\":{\"frag_cnt\":3,\"stub_data_size\":23},"
            + "\"res\":{\"frag_cnt\":2,\"stub_data_size\":12}"), calls.get(0));
        final List<String> read = calls(pipes().client(transceive(3, PIPE, request(3, 9, 5, 1)))
            .server(transceived(3, 0, PIPE, response(1, 9, 2))).server(read(4, response(2, 9, 6))));
        assertEquals(1, read.size());
        assertTrue(read.get(0).contains("\"res\":{\"frag_cnt\":2,\"stub_data_size\":8}"), read.get(0));
        assertEquals(1, read.get(0).split("STATUS_").length - 1);
    }

    @Test
    void shouldNotTakeAMessageForTheCallThatItsNumberLooksLike() {
        final byte[] cancel = two(12, 0, 0, 0, Talk.hex("0400 0000"));
        cancel[4 + 24 + 6] = (byte) 0x80;
        final List<String> calls = calls(pipes().client(cancel).client(write(3, PIPE, request(0, 0x8c, 1, 0)))
            .server(read(4, response(3, 0x8c, 5))));
        assertEquals(1, calls.size());
    }

    @Test
    void shouldLetACallWaitThatIsTakenBack() {
        final List<String> calls = calls(pipes().client(write(3, PIPE, request(3, 5, 1, 0)))
            .client(write(4, PIPE, packet(18, 3, 5, new byte[0]))).server(read(5, response(3, 5, 9))));
        assertEquals(1, calls.size());
        assertTrue(calls.get(0).contains("\"response\":\"RESPONSE\""), calls.get(0));
    }

    @Test
    void shouldForgetThatATreeWasOfPipes() {
        assertEquals(List.of(), calls(pipes().client(TREE).server(FILES).client(write(3, PIPE, BIND))
            .server(read(4, BOUND))));
    }

    @Test
    void shouldKeepTheInterfacesOfPipesApart() {
        final byte[] bind = BIND.clone();
        bind[32] = 0;
        final List<String> calls = calls(pipes().client(write(3, PIPE, BIND)).server(read(4, BOUND))
            .client(write(5, OTHER, bind)).server(read(6, BOUND)).client(write(7, PIPE, request(3, 3, 1, 0)))
            .client(write(8, OTHER, request(3, 4, 1, 0))));
        assertTrue(calls.get(2).contains("\"uuid\":\"12345778-"), calls.get(2));
        assertTrue(calls.get(3).contains("\"uuid\":\"12345700-"), calls.get(3));
    }

    @Test
    void shouldKeepCallsOfTheSameNumberOnTwoPipesApart() {
        final List<String> calls = calls(pipes().client(write(3, PIPE, request(3, 3, 1, 0)))
            .client(write(4, OTHER, request(3, 3, 2, 0))).client(asks(5, OTHER)).client(asks(6, PIPE))
            .server(two(8, 1, 0x103, 5, Talk.hex("0900 0000 00000000 00"))).server(read(5, response(3, 3, 7)))
            .server(read(6, response(1, 3, 4))).client(asks(7, PIPE)).server(read(7, response(2, 3, 5))));
        assertEquals(2, calls.size());
        assertTrue(calls.get(0).contains("\"opnum\":2,\"req\":{\"frag_cnt\":1,\"stub_data_size\":0},"
            + "\"res\":{\"frag_cnt\":1,\"stub_data_size\":7}"), calls.get(0));
        assertTrue(calls.get(1).contains("\"opnum\":1,\"req\":{\"frag_cnt\":1,\"stub_data_size\":0},"
            + "\"res\":{\"frag_cnt\":2,\"stub_data_size\":9}"), calls.get(1));
    }

    @Test
    void shouldKeepThePipesOfSessionsApart() {
        final byte[] bind = BIND.clone();
        bind[32] = 0;
        final List<String> calls = calls(pipes().client(ofSession(78, TREE.clone())).server(ofSession(78,
            PIPES.clone())).client(write(3, PIPE, BIND)).client(ofSession(78, write(4, PIPE, bind)))
            .client(ofSession(78, asks(5, PIPE))).server(ofSession(78, read(5, BOUND))).client(asks(6, PIPE))
            .server(read(6, BOUND)).client(ofSession(79, write(7, PIPE, bind))));
        assertEquals(2, calls.size());
        assertTrue(calls.get(0).contains("\"uuid\":\"12345700-"), calls.get(0));
        assertTrue(calls.get(1).contains("\"uuid\":\"12345778-"), calls.get(1));
    }

    @Test
    void shouldNotGuessWhichOfTwoCallsIsAnswered() {
        final List<String> calls = calls(pipes().client(write(3, PIPE, request(3, 3, 1, 0)))
            .client(write(4, OTHER, request(3, 3, 2, 0))).server(read(5, response(3, 3, 7))));
        assertEquals(3, calls.size());
        assertTrue(calls.get(0).contains("\"request\":\"REQUEST_LOST\",\"response\":\"RESPONSE\""), calls.get(0));
        assertTrue(calls.get(1).contains("\"response\":\"UNREPLIED\",\"opnum\":1"), calls.get(1));
        assertTrue(calls.get(2).contains("\"response\":\"UNREPLIED\",\"opnum\":2"), calls.get(2));
    }

    @Test
    void shouldTellOneCallThatIsWrittenAndEndsWithAControlFunction() {
        final List<String> calls = calls(pipes().client(write(3, PIPE, request(1, 9, 5, 10)))
            .client(write(4, OTHER, request(1, 9, 6, 1)))
            .client(transceive(5, PIPE, join(request(0, 9, 5, 10), request(2, 9, 5, 1))))
            .server(transceived(5, 0, PIPE, join(response(1, 9, 2), response(2, 9, 3)))));
        assertEquals(2, calls.size());
        assertEquals("SMB2_COMMAND_WRITE\",\"STATUS_SUCCESS\",\"dcerpc\":{\"request\":\"REQUEST\","
            + "\"response\":\"RESPONSE\",\"opnum\":5,\"req\":{\"frag_cnt\":3,\"stub_data_size\":21},"
            + "\"res\":{\"frag_cnt\":2,\"stub_data_size\":5},\"call_id\":9}", calls.get(0));
        assertTrue(calls.get(1).contains("\"opnum\":6"), calls.get(1));
    }

    @Test
    void shouldNotTellTheInterfacesOfAPipeThatTookThePlaceOfAnother() {
        final Talk talk = pipes().client(write(3, PIPE, BIND)).server(read(4, BOUND))
            .client(write(5, PIPE, request(3, 3, 44, 20)));
        for (int i = 0; i < PipeInterfaces.PIPES; i++) {
            final byte[] pipe = OTHER.clone();
            pipe[15] = (byte) i;
            talk.client(write(6 + i, pipe, BIND)).server(read(20 + i, BOUND));
        }
        final List<String> calls = calls(talk.client(asks(40, PIPE)).server(read(40, response(3, 3, 7))));
        assertEquals(2 + PipeInterfaces.PIPES, calls.size());
        assertTrue(calls.get(9).contains("\"opnum\":44,\"req\":{\"frag_cnt\":1,\"stub_data_size\":20},\"res\":"),
            calls.get(9));
    }

    @Test
    void shouldSayWhichSideWasNotSeen() {
        final List<String> calls = calls(pipes().server(read(3, response(3, 8, 5))).server(read(4, BOUND))
            .client(write(5, PIPE, request(3, 3, 1, 0))).client(write(6, PIPE, packet(16, 3, 4, new byte[8]))));
        assertEquals(3, calls.size());
        assertTrue(calls.get(0).startsWith("SMB2_COMMAND_READ\""), calls.get(0));
        assertTrue(calls.get(0).contains("\"request\":\"REQUEST_LOST\",\"response\":\"RESPONSE\","
            + "\"res\":{\"frag_cnt\":1,\"stub_data_size\":5},\"call_id\":8"), calls.get(0));
        assertTrue(calls.get(1).contains("\"request\":\"AUTH3\",\"response\":\"UNREPLIED\",\"call_id\":4"));
        assertTrue(calls.get(2).contains("\"request\":\"REQUEST\",\"response\":\"UNREPLIED\",\"opnum\":1"));
    }

    @Test
    void shouldLookAtPipesAlone() {
        assertEquals(List.of(), calls(Talk.tcp(445).client(Messages.NEGOTIATE).server(Messages.NEGOTIATED).client(TREE)
            .server(FILES).client(write(3, PIPE, BIND)).server(read(4, response(3, 8, 5)))));
        assertEquals(List.of(), calls(pipes().client(write(3, PIPE, new byte[100]))));
        assertEquals(1, calls(Talk.tcp(445).midStream().client(TREE).client(write(3, PIPE, BIND))).size());
    }

    @Test
    void shouldKeepFewCalls() {
        final Talk talk = pipes();
        for (int i = 0; i < 40; i++) {
            talk.client(write(3 + i, PIPE, request(3, i, i, 0)));
        }
        assertEquals(40, calls(talk).size());
    }

    @Test
    void shouldSurviveAnything() {
        final Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            final byte[][] said = {write(3, PIPE, BIND), read(4, BOUND), write(5, PIPE, request(1, 2, 3, 9), BIND),
                transceive(6, PIPE, request(3, 4, 5, 6)), transceived(6, 0, PIPE, response(1, 4, 9)),
                read(7, response(2, 2, 20), response(2, 4, 1), BOUND), asks(8, PIPE), transceive(9, PIPE,
                request(2, 2, 5, 6))};
            for (final byte[] bytes : said) {
                for (int flips = random.nextInt(5); flips > 0; flips--) {
                    bytes[16 + random.nextInt(bytes.length - 16)] = (byte) random.nextInt();
                }
            }
            assertEquals(0, pipes().client(said[0]).server(said[1]).client(said[2]).client(said[3]).server(said[4])
                .client(said[6]).client(said[7]).server(said[5]).segmented(1 + random.nextInt(300)).faults());
        }
    }
}
