package io.weir.protocol.memcached;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Memcached: text commands and answers, its binary protocol, and both behind a frame header over UDP. */
public final class Memcached {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("memcached", "Memcached")
        .tcpPorts(11211)
        .udpPorts(11211)
        .tcp(Memcached::tcp)
        .udp(Memcached::udp)
        .udpByte(6, 0)
        .build();

    /** Commands that say a length, those that a lone key follows, and answers. */
    private static final byte[][] STORING = words("set ", "add ", "replace ", "append ", "prepend ",
        "cas ");
    private static final byte[][] OTHER = words("get ", "gets ", "stats", "version\r", "delete ",
        "incr ", "decr ", "touch ", "flush_all", "verbosity ");
    private static final byte[][] ANSWERS = words("VALUE ", "STORED\r\n", "NOT_STORED\r\n", "END\r\n",
        "STAT ", "NOT_FOUND\r\n", "DELETED\r\n", "TOUCHED\r\n", "VERSION ");
    private static final int LONGEST_LINE = 300;
    private static final int FEW = 64;

    private Memcached() {
    }

    private static Answer tcp(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) == 0x80 || b.u8(0) == 0x81) {
            return MemcachedBinary.detect(probe, 0, 0, 0x1e);
        }
        return text(probe, 0);
    }

    private static Answer udp(final Probe probe) {
        final Bytes b = probe.now();
        // Request, sequence, number of datagrams, reserved; on other ports the first of a few.
        if (!probe.onPort(11211) && (b.u16(2) != 0 || b.u16(4) > FEW) || b.length() < 11
            || b.u16(2) >= b.u16(4) || b.u16(6) != 0) {
            return Answer.NO;
        }
        final Answer answer = b.u8(8) == 0x80 || b.u8(8) == 0x81 ? MemcachedBinary.detect(probe, 8, 0, 0x1e)
            : text(probe, 8);
        return answer == Answer.MORE ? Answer.NO : answer;
    }

    private static Answer text(final Probe probe, final int at) {
        final Bytes b = probe.now();
        final int first = b.u8(at);
        if ((first < 'a' || first > 'v') && (first < 'D' || first > 'V')) {
            return Answer.NO;
        }
        final Answer answer = any(b, at, ANSWERS);
        if (answer != Answer.NO) {
            return answer == Answer.YES ? probe.yesFromServer() : answer;
        }
        final Answer storing = any(b, at, STORING);
        final Answer other = any(b, at, OTHER);
        if (storing == Answer.NO && other == Answer.NO) {
            return Answer.NO;
        }
        final int end = b.indexOf('\n', at);
        if (end < 0 || storing == Answer.MORE) {
            return b.length() - at < LONGEST_LINE && isPrintableButEnd(b, at) ? Answer.MORE : Answer.NO;
        }
        if (b.u8(end - 1) != '\r' || !b.isPrintable(at, end - 1 - at)) {
            return Answer.NO;
        }
        if (storing == Answer.YES) {
            return hasNumbers(b, at, end - 1) ? probe.yesFromClient() : Answer.NO;
        }
        if (probe.onPort(11211) || probe.isUdp()) {
            return probe.yesFromClient();
        }
        final Answer reply = probe.other().isEmpty() ? Answer.MORE : any(probe.other(), 0, ANSWERS);
        return reply == Answer.YES ? probe.yesFromClient() : reply;
    }

    /** A storing command's key is followed by flags, expiry and length, all numbers. */
    private static boolean hasNumbers(final Bytes b, final int from, final int to) {
        final int key = b.indexOf(' ', from) + 1;
        final int flags = b.indexOf(' ', key) + 1;
        final int expiry = b.indexOf(' ', flags) + 1;
        final int length = b.indexOf(' ', expiry) + 1;
        if (flags <= key || expiry <= flags || length <= expiry || length >= to) {
            return false;
        }
        final int space = b.indexOf(' ', length);
        return b.decimal(flags, expiry - 1) >= 0
            && b.decimal(length, space < 0 || space > to ? to : space) >= 0;
    }

    private static boolean isPrintableButEnd(final Bytes b, final int at) {
        final int length = b.length() - at;
        return b.isPrintable(at, b.u8(b.length() - 1) == '\r' ? length - 1 : length);
    }

    /** Whether one of the words is there, or may become one. */
    private static Answer any(final Bytes b, final int at, final byte[][] words) {
        Answer best = Answer.NO;
        for (final byte[] word : words) {
            int same = 0;
            while (same < word.length && at + same < b.length() && b.u8(at + same) == word[same]) {
                same++;
            }
            if (same == word.length) {
                return Answer.YES;
            }
            if (at + same == b.length() && same > 0) {
                best = Answer.MORE;
            }
        }
        return best;
    }

    private static byte[][] words(final String... words) {
        return Stream.of(words).map(word -> word.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    }
}
