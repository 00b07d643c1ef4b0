package io.weir.protocol.smb;

import static io.weir.protocol.smb.Messages.join;
import static io.weir.protocol.smb.Messages.little;
import static io.weir.protocol.smb.PipeCallTest.BIND;
import static io.weir.protocol.smb.PipeCallTest.BOUND;
import static io.weir.protocol.smb.PipeCallTest.request;
import static io.weir.protocol.smb.PipeCallTest.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of DCE/RPC over named pipes of version 1. */
class OldPipeCallTest {
    private static final int TREE = 1;
    private static final int ANSWER = 0x80;

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A message of session 3 and process 2. */
    private static byte[] one(final int command, final int flags, final int tree, final int message,
        final byte[]... body) {
        final byte[] rest = join(body);
        return join(new byte[] {0, 0}, new byte[] {(byte) (32 + rest.length >> 8), (byte) (32 + rest.length)},
            Talk.hex("ff534d42"), new byte[] {(byte) command}, new byte[4], new byte[] {(byte) flags},
            little(2, 0x4000), new byte[12], little(2, tree), little(2, 2), little(2, 3), little(2, message), rest);
    }

    private static byte[] connected(final String service) {
        return one(0x75, ANSWER, TREE, 1, Talk.hex("03 ff000000 0000"), little(2, service.length()), text(service));
    }

    private static Talk connect(final String service) {
        return Talk.tcp(445).client(one(0x75, 0, 0, 1, Talk.hex("04 ff000000 0000 0100 1500 00"),
            text("\\\\s\\IPC$\0?????\0"))).server(connected(service));
    }

    private static byte[] write(final int message, final int pipe, final byte[]... packets) {
        final byte[] data = join(packets);
        return one(0x2f, 0, TREE, message, Talk.hex("0c ff000000"), little(2, pipe), new byte[8],
            Talk.hex("0000 0000 0000"), little(2, data.length), little(2, 59), little(2, data.length), data);
    }

    /** One that begins a message, whose length is in front. */
    private static byte[] writeMessage(final int message, final int pipe, final byte[] packet) {
        return one(0x2f, 0, TREE, message, Talk.hex("0c ff000000"), little(2, pipe), new byte[8],
            Talk.hex("0c00 0000 0000"), little(2, packet.length + 2), little(2, 59), little(2, packet.length + 2),
            little(2, packet.length), packet);
    }

    private static byte[] asks(final int message, final int pipe) {
        return one(0x2e, 0, TREE, message, Talk.hex("0a ff000000"), little(2, pipe), new byte[14], little(2, 0));
    }

    private static byte[] read(final int message, final byte[]... packets) {
        final byte[] data = join(packets);
        return one(0x2e, ANSWER, TREE, message, Talk.hex("0c ff000000"), new byte[6], little(2, data.length),
            little(2, 59), new byte[10], little(2, data.length), data);
    }

    private static byte[] transact(final int message, final int pipe, final byte[] packet) {
        return one(0x25, 0, TREE, message, Talk.hex("10"), new byte[22], little(2, packet.length), little(2, 67),
            Talk.hex("02 00 2600"), little(2, pipe), little(2, packet.length), packet);
    }

    private static byte[] transacted(final int message, final byte[] packet) {
        return one(0x25, ANSWER, TREE, message, Talk.hex("0a"), new byte[12], little(2, packet.length), little(2, 55),
            new byte[4], little(2, packet.length), packet);
    }

    private static List<String> calls(final Talk talk) {
        assertEquals(0, talk.faults());
        return talk.objects().stream().filter(told -> told.contains("\"dcerpc\"")).map(told ->
            told.replaceAll(".*\"command\":\"|\"session_id\":3,\"tree_id\":1,|\"status\":|,\"status_code\":\"0x0\""
                + "|,\"dialect\":.*", "")).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 70, 10000})
    void shouldTellCallsThatAreWrittenAndRead(final int segment) {
        final List<String> calls = calls(connect("IPC\0").client(write(3, 9, BIND)).client(asks(4, 9))
            .server(read(4, BOUND)).client(writeMessage(5, 9, request(3, 3, 44, 20))).client(asks(6, 9))
            .server(read(6, response(3, 3, 7))).segmented(segment));
        assertEquals(2, calls.size());
        assertTrue(calls.get(0).startsWith("SMB1_COMMAND_WRITE_ANDX\",\"STATUS_SUCCESS\",\"dcerpc\":{"
            + "\"request\":\"BIND\",\"response\":\"BINDACK\",\"interfaces\":[{"
            + "\"uuid\":\"12345778-1234-abcd-ef00-0123456789ab\",\"version\":\"0.0\",\"ack_result\":0,"
            + "\"ack_reason\":0},"), calls.get(0));
        assertEquals("SMB1_COMMAND_WRITE_ANDX\",\"STATUS_SUCCESS\",\"dcerpc\":{\"request\":\"REQUEST\","
            + "\"response\":\"RESPONSE\",\"opnum\":44,\"req\":{\"frag_cnt\":1,\"stub_data_size\":20},\"interfaces\":[{"
            + "\"uuid\":\"12345778-1234-abcd-ef00-0123456789ab\",\"version\":\"0.0\"}],"
            + "\"res\":{\"frag_cnt\":1,\"stub_data_size\":7},\"call_id\":3}", calls.get(1));
    }

    @Test
    void shouldTellACallByATransaction() {
        assertEquals(List.of("SMB1_COMMAND_TRANS\",\"STATUS_SUCCESS\",\"dcerpc\":{\"request\":\"REQUEST\","
            + "\"response\":\"RESPONSE\",\"opnum\":5,\"req\":{\"frag_cnt\":1,\"stub_data_size\":1},"
            + "\"res\":{\"frag_cnt\":1,\"stub_data_size\":2},\"call_id\":9}"),
            calls(connect("IPC\0").client(transact(3, 9, request(3, 9, 5, 1)))
                .server(transacted(3, response(3, 9, 2)))));
    }

    @Test
    void shouldTellOneCallThatIsWrittenAndEndsWithATransaction() {
        final List<String> calls = calls(connect("IPC\0").client(write(3, 9, request(1, 9, 5, 10)))
            .client(write(4, 8, request(1, 9, 6, 10))).client(transact(5, 9, request(2, 9, 5, 3)))
            .server(transacted(5, response(1, 9, 2))).client(asks(6, 9)).server(read(6, response(2, 9, 4))));
        assertEquals(2, calls.size());
        assertTrue(calls.get(0).contains("\"opnum\":5,\"req\":{\"frag_cnt\":2,\"stub_data_size\":13},"
            + "\"res\":{\"frag_cnt\":2,\"stub_data_size\":6}"), calls.get(0));
        assertEquals(1, calls.get(0).split("STATUS_").length - 1);
        assertTrue(calls.get(1).contains("\"response\":\"UNREPLIED\",\"opnum\":6"), calls.get(1));
    }

    @Test
    void shouldLookAtPipesAlone() {
        assertEquals(List.of(), calls(connect("A:\0").client(write(3, 9, BIND)).server(read(4, response(3, 3, 7)))));
        assertEquals(List.of(), calls(connect("IPC\0").client(write(3, 9, new byte[200]))));
        assertEquals(List.of(), calls(connect("IPC\0").server(connected("A:\0")).client(write(3, 9, BIND))));
    }

    @Test
    void shouldSurviveAnything() {
        final Random random = new Random(6);
        for (int i = 0; i < 500; i++) {
            final byte[][] said = {write(3, 9, BIND), asks(4, 9), read(4, BOUND), write(5, 9, request(1, 3, 4, 5)),
                transact(6, 9, request(2, 3, 4, 5)), transacted(6, response(1, 3, 8)),
                writeMessage(7, 9, request(3, 5, 4, 5))};
            for (final byte[] bytes : said) {
                for (int flips = random.nextInt(5); flips > 0; flips--) {
                    bytes[13 + random.nextInt(bytes.length - 13)] = (byte) random.nextInt();
                }
            }
            assertEquals(0, connect("IPC\0").client(said[0]).client(said[1]).server(said[2]).client(said[3])
                .client(said[4]).server(said[5]).client(said[6]).segmented(1 + random.nextInt(200)).faults());
        }
    }
}
