package io.weir.protocol.raknet;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * RakNet, under Minecraft's Bedrock edition and many other games: before a connection stands a magic of 16 bytes,
 * and in one there are sets of frames and lists of what arrived.
 */
public final class RakNet {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("raknet", "RakNet")
        .udpPorts(19132)
        .firstByteRange(0x01, 0x1c)
        .firstByteRange(0x80, 0x8d)
        .firstBytes(0xa0, 0xc0)
        .udp(RakNet::detect)
        .build();

    private static final long MAGIC_HIGH = 0x00ffff00fefefefeL;
    private static final long MAGIC_LOW = 0xfdfdfdfd12345678L;
    private static final int SET = 0x80;
    private static final int MOST = 64;
    /** A list of one number. */
    private static final int SHORTEST_LIST = 7;
    /** Numbers that may be on their way, and in one range, at most. */
    private static final int WINDOW = 4096;

    private RakNet() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int id = b.u8(0);
        return switch (id) {
            case 0x01, 0x02 -> magic(b, 9) ? probe.yesFromClient() : Answer.NO;
            case 0x05, 0x07 -> magic(b, 1) ? probe.yesFromClient() : Answer.NO;
            case 0x06, 0x08, 0x12, 0x14, 0x17, 0x1a -> magic(b, 1) ? probe.yesFromServer() : Answer.NO;
            case 0x19 -> magic(b, 2) ? probe.yesFromServer() : Answer.NO;
            case 0x1c -> magic(b, 17) ? probe.yesFromServer() : Answer.NO;
            case 0xa0, 0xc0 -> !isList(b, probe.announced()) ? Answer.NO
                : b.length() > SHORTEST_LIST || isNumberNear(b, probe) ? Answer.YES : Answer.MORE;
            default -> id < SET || !isSet(b, probe.announced()) ? Answer.NO
                : isNext(b, probe.before()) ? Answer.YES : Answer.MORE;
        };
    }

    private static boolean magic(final Bytes b, final int at) {
        return b.u64(at) == MAGIC_HIGH && b.u64(at + 8) == MAGIC_LOW;
    }

    /** A count of ranges; each is one number, or the first and the last. */
    private static boolean isList(final Bytes b, final int length) {
        final int count = b.u16(1);
        if (count < 1 || count > MOST) {
            return false;
        }
        int at = 3;
        for (int i = 0; i < count; i++) {
            final int single = b.u8(at);
            if (single < 0 || single > 1 || single == 0 && !isRange(b.u24le(at + 1), b.u24le(at + 4))) {
                return false;
            }
            at += single == 1 ? 4 : 7;
        }
        return at == length;
    }

    private static boolean isRange(final int first, final int last) {
        return first <= last && last - first < WINDOW;
    }

    /** True if a list's one number is among the newest that the other side sent, or follows that of the last list. */
    private static boolean isNumberNear(final Bytes b, final Probe probe) {
        final int number = b.u24le(4);
        final Bytes other = probe.other();
        final Bytes before = probe.before();
        return other.length() > 4 && (other.u8(0) & 0xf0) == SET && isRange(number, other.u24le(1))
            || before.length() == SHORTEST_LIST && before.u8(0) == b.u8(0) && before.u8(3) == 1
            && isRange(before.u24le(4) + 1, number);
    }

    private static boolean isNext(final Bytes now, final Bytes before) {
        final int step = now.u24le(1) - before.u24le(1);
        return (before.u8(0) & 0xf0) == SET && step >= 0 && step < MOST;
    }

    /** Frames, at least one, each with reliability, length in bits and numbers after its kind, fill the datagram. */
    private static boolean isSet(final Bytes b, final int length) {
        int at = 4;
        for (int i = 0; i < MOST && at < length; i++) {
            final int flags = b.u8(at);
            final int kind = flags >> 5;
            final int bits = b.u16(at + 1);
            if (flags < 0 || (flags & 0x0f) != 0 || bits < 8) {
                return false;
            }
            at += 3;
            at += kind >= 2 && kind != 5 ? 3 : 0;
            at += kind == 1 || kind == 4 ? 3 : 0;
            at += kind == 1 || kind == 3 || kind == 4 || kind == 7 ? 4 : 0;
            at += (flags & 0x10) != 0 ? 10 : 0;
            at += bits + 7 >> 3;
        }
        return at == length && at > 4;
    }
}
