package io.weir.protocol.valve;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Questions to game servers of Valve's engines, and of id Software's and their kin: four bytes 0xff and one
 * command.
 */
public final class SourceEngine {
    /** Valve's. */
    public static final Protocol PROTOCOL = Protocol.named("valve-source", "Source engine")
        .udpPorts(27015)
        .firstBytes(0xff)
        .udp(SourceEngine::detect)
        .build();
    /** Those of QuakeWorld, Quake 3 and their kin, whose commands are words. */
    public static final Protocol QUAKE = Protocol.named("quake", "Quake 3 engine")
        .udpPorts(27960)
        .firstBytes(0xff)
        .udp(SourceEngine::quake)
        .build();

    private static final int COMMAND = 4;
    private static final byte[] INFO = ascii("TSource Engine Query\0");
    private static final byte[] PADDING = ascii("000\0");
    private static final List<byte[]> QUESTIONS = List.of(ascii("getstatus"), ascii("getinfo"), ascii("getchallenge"),
        ascii("getservers"), ascii("connect \""), ascii("status "), ascii("status\n"));
    private static final List<byte[]> ANSWERS = List.of(ascii("statusResponse\n"), ascii("infoResponse\n"),
        ascii("challengeResponse "), ascii("getserversResponse"), ascii("connectResponse"));

    private SourceEngine() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int length = probe.announced();
        if (b.u32(0) != 0xffff_ffffL) {
            return Answer.NO;
        }
        if (b.matches(COMMAND, INFO)) {
            return probe.yesFromClient();
        }
        return switch (b.u8(COMMAND)) {
            case 'A' -> length == 9 && asked(probe) ? probe.yesFromServer() : Answer.NO;
            case 'D', 'E' -> length > 9 && asked(probe) ? probe.yesFromServer() : Answer.NO;
            case 'I' -> b.u8(5) >= 2 && b.u8(5) <= 64 && texts(b, 6, 4) ? probe.yesFromServer() : Answer.NO;
            case 'U', 'V', 'W', 'i' -> length <= 9 ? Answer.MORE : Answer.NO;
            default -> length >= 20 && length <= 64 && b.matches(length - PADDING.length, PADDING)
                ? probe.yesFromClient() : Answer.NO;
        };
    }

    private static boolean asked(final Probe probe) {
        final int command = probe.other().u8(COMMAND);
        return probe.other().u32(0) == 0xffff_ffffL && (command == 'U' || command == 'V' || command == 'W');
    }

    /** Texts that are closed by a zero each. */
    private static boolean texts(final Bytes b, final int from, final int count) {
        int at = from;
        for (int i = 0; i < count; i++) {
            final int end = b.indexOf(0, at);
            if (end < 0 || end - at > 128) {
                return false;
            }
            at = end + 1;
        }
        return at > from + count + 2;
    }

    private static Answer quake(final Probe probe) {
        final Bytes b = probe.now();
        return b.u32(0) != 0xffff_ffffL ? Answer.NO : any(b, QUESTIONS) ? probe.yesFromClient()
            : any(b, ANSWERS) ? probe.yesFromServer() : Answer.NO;
    }

    private static boolean any(final Bytes b, final List<byte[]> words) {
        for (int i = 0; i < words.size(); i++) {
            if (b.matches(COMMAND, words.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
