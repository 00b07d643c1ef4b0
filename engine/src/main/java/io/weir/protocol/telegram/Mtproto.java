package io.weir.protocol.telegram;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.quic.crypto.Aes256;

/**
 * MTProto over TCP, what Telegram's programs speak (core.telegram.org/mtproto/mtproto-transports). A client says in its
 * first bytes how it will frame its messages: one byte 0xef, four bytes 0xee, or four bytes 0xdd. Mostly it hides them:
 * it begins with 64 random bytes, which hold key and counter of AES-256 in counter mode, and behind these the mark,
 * encrypted by them. Whoever looks can do the same. (Behind a proxy with a secret the key is not in the bytes.)
 */
public final class Mtproto {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("telegram", "Telegram (MTProto)")
        .tcp(Mtproto::detect)
        .encrypted()
        .build();

    private static final int ABRIDGED = 0xef;
    private static final long ABRIDGED_MARK = 0xefef_efefL;
    private static final long INTERMEDIATE_MARK = 0xeeee_eeeeL;
    private static final long PADDED_MARK = 0xdddd_ddddL;
    /** First lengths of messages that are told in one byte, in words. */
    private static final int MOST_WORDS = 0x7f;
    private static final long LONGEST = 1 << 20;

    private static final int START = 64;
    private static final int KEY = 8;
    private static final int COUNTER = KEY + Aes256.KEY;
    private static final int MARK = 56;
    /** Blocks of the key stream before the one that hides the mark. */
    private static final int BLOCKS_BEFORE = 3;
    /** Random bytes are not text; whatever begins with as much of it is something else. */
    private static final int TEXT = 16;

    private Mtproto() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (!probe.fromClient() || probe.isMidStream()) {
            return Answer.NO;
        }
        if (b.u8(0) == ABRIDGED) {
            return abridged(b);
        }
        final int known = Math.min(b.length(), 4);
        if (isMark(b, known, 0xee) || isMark(b, known, 0xdd)) {
            return marked(b);
        }
        if (b.isPrintable(0, Math.min(b.length(), TEXT))) {
            return b.length() < TEXT ? Answer.MORE : Answer.NO;
        }
        return b.length() > 7 && b.u32(4) == 0 ? Answer.NO : b.length() < START ? Answer.MORE : hidden(b);
    }

    private static boolean isMark(final Bytes b, final int known, final int value) {
        for (int i = 0; i < known; i++) {
            if (b.u8(i) != value) {
                return false;
            }
        }
        return true;
    }

    /** The first message is in the clear, since there is no key yet: its key's number is 0, and its length fits. */
    private static Answer abridged(final Bytes b) {
        final int words = b.u8(1);
        if (words == 0 || words >= MOST_WORDS) {
            return Answer.NO;
        }
        return isClear(b, 2, 4 * words);
    }

    private static Answer marked(final Bytes b) {
        if (b.length() < 8) {
            return Answer.MORE;
        }
        final long length = b.u32le(4);
        return length < 20 || length > LONGEST ? Answer.NO : isClear(b, 8, (int) length);
    }

    /** Number of the key, 0; number of the message, a time; length of the rest, in words but for padding. */
    private static Answer isClear(final Bytes b, final int at, final int length) {
        for (int i = at; i < Math.min(at + 8, b.length()); i++) {
            if (b.u8(i) != 0) {
                return Answer.NO;
            }
        }
        if (b.length() < at + 20) {
            return Answer.MORE;
        }
        final long rest = b.u32le(at + 16);
        return rest > 0 && (rest & 3) == 0 && rest <= length - 20 && length - 20 - rest < 16 ? Answer.YES : Answer.NO;
    }

    private static Answer hidden(final Bytes b) {
        final long low = b.u64(COUNTER + 8) + BLOCKS_BEFORE;
        final long carry = Long.compareUnsigned(low, BLOCKS_BEFORE) < 0 ? 1 : 0;
        final long stream = Aes256.encryptedLow(b, KEY, b.u64(COUNTER) + carry, low);
        final long mark = b.u32(MARK) ^ stream >>> 32;
        return mark == ABRIDGED_MARK || mark == INTERMEDIATE_MARK || mark == PADDED_MARK ? Answer.YES : Answer.NO;
    }
}
