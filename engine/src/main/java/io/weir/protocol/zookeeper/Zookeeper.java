package io.weir.protocol.zookeeper;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * ZooKeeper: a session is asked for and given with version 0, a time-out in milliseconds, a number and 16 bytes that
 * prove it; or one of the commands of four letters that administrators type.
 */
public final class Zookeeper {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("zookeeper", "Apache ZooKeeper")
        .tcpPorts(2181)
        .firstBytes("\0rsmceiwZz E")
        .tcp(Zookeeper::detect)
        .build();

    private static final List<byte[]> COMMANDS = List.of(ascii("ruok"), ascii("stat"), ascii("srvr"), ascii("mntr"),
        ascii("conf"), ascii("cons"), ascii("envi"), ascii("wchs"), ascii("isro"));
    private static final List<byte[]> ANSWERS = List.of(ascii("imok"), ascii("Zookeeper version: "),
        ascii("zk_version\t"), ascii("clientPort="), ascii(" /"), ascii("Environment:"));
    private static final int ASKED = 44;
    private static final int GIVEN = 36;
    private static final int PROOF = 16;
    private static final int LETTERS = 4;

    private Zookeeper() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) != 0) {
            return commands(probe);
        }
        final long length = b.u32(0);
        final boolean asks = length == ASKED || length == ASKED + 1;
        if (b.length() >= LETTERS && !asks && length != GIVEN && length != GIVEN + 1
            || b.length() >= 2 * LETTERS && b.u32(LETTERS) != 0) {
            return Answer.NO;
        }
        // Behind the version the client says what it has seen last, in eight bytes.
        final int wait = asks ? 16 : 8;
        final int proof = wait + 4 + 8;
        if (b.length() < proof + 4) {
            return Answer.MORE;
        }
        return b.u32(proof) == PROOF && b.u32(wait) > 0 && b.u8(wait) == 0
            ? asks ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }

    private static Answer commands(final Probe probe) {
        final Bytes client = probe.client();
        final Bytes server = probe.server();
        if (client.length() < LETTERS) {
            return client.isEmpty() ? Answer.NO : Answer.MORE;
        }
        if (!begins(client, COMMANDS) || client.length() > LETTERS + 2) {
            return Answer.NO;
        }
        return server.isEmpty() ? Answer.MORE : begins(server, ANSWERS) ? Answer.YES : Answer.NO;
    }

    private static boolean begins(final Bytes b, final List<byte[]> words) {
        for (int i = 0; i < words.size(); i++) {
            if (b.startsWith(words.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
