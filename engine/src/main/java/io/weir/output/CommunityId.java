package io.weir.output;

import io.weir.event.FlowIdentity;
import io.weir.stats.IpProtocol;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Community id, version 1 (github.com/corelight/community-id-spec): SHA-1 over the ordered tuple, in Base64. The digest
 * is Java's own, which uses the processor's instructions for it. Those of the flows asked for last are remembered. One
 * thread; allocates nothing.
 */
final class CommunityId {
    /** Characters of an identifier. */
    static final int LENGTH = 30;

    private static final int DIGEST_LENGTH = 20;
    /** Seed, two addresses of IPv6, protocol and padding, two ports. */
    private static final int LONGEST_TUPLE = 2 + 32 + 2 + 4;
    /** Records of a flow mostly follow each other closely. */
    private static final int KNOWN = 1 << 10;
    /** What a place says of a flow: a word that is not 0 with ports and protocol, and two addresses. */
    private static final int TUPLE_WORDS = 5;
    private static final byte[] BASE64 =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);

    private final int seed;
    private final MessageDigest algorithm;
    private final byte[] block = new byte[LONGEST_TUPLE];
    private final byte[] digest = new byte[DIGEST_LENGTH + 1];
    private final byte[] text = text();
    /** Tuples of flows asked for last, each at the place of its flow's identifier; and what was answered. */
    private final long[] tuples = new long[KNOWN * TUPLE_WORDS];
    private final byte[][] texts = new byte[KNOWN][];

    /** Makes a generator; {@code seed} is 0 unless a site uses its own (16 bits). */
    CommunityId(final int seed) {
        try {
            algorithm = MessageDigest.getInstance("SHA-1");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
        this.seed = seed;
        for (int i = 0; i < KNOWN; i++) {
            texts[i] = text();
        }
    }

    private static byte[] text() {
        final byte[] text = new byte[LENGTH];
        text[0] = '1';
        text[1] = ':';
        return text;
    }

    /** The identifier of a flow, valid until the next call. */
    byte[] of(final FlowIdentity flow) {
        if (IpProtocol.isIcmp(flow.protocol())) {
            make(flow, text);
            return text;
        }
        final int place = (int) flow.flowId() & KNOWN - 1;
        if (!isKnown(flow, place * TUPLE_WORDS)) {
            make(flow, texts[place]);
        }
        return texts[place];
    }

    /** True if a place holds this flow's tuple; else it does now. */
    private boolean isKnown(final FlowIdentity flow, final int at) {
        final long rest = 1L << 63 | (long) flow.ipVersion() << 40 | (long) flow.protocol() << 32
            | (long) flow.initiatorPort() << 16 | flow.responderPort();
        if (tuples[at] == rest && tuples[at + 1] == flow.initiatorHi() && tuples[at + 2] == flow.initiatorLo()
            && tuples[at + 3] == flow.responderHi() && tuples[at + 4] == flow.responderLo()) {
            return true;
        }
        tuples[at] = rest;
        tuples[at + 1] = flow.initiatorHi();
        tuples[at + 2] = flow.initiatorLo();
        tuples[at + 3] = flow.responderHi();
        tuples[at + 4] = flow.responderLo();
        return false;
    }

    private void make(final FlowIdentity flow, final byte[] target) {
        final int protocol = flow.protocol();
        int sourcePort = flow.initiatorPort();
        int destinationPort = flow.responderPort();
        boolean oneWay = false;
        if (IpProtocol.isIcmp(protocol)) {
            final int answer = protocol == IpProtocol.ICMP ? answerTo4(flow.icmpType()) : answerTo6(flow.icmpType());
            oneWay = answer < 0;
            sourcePort = flow.icmpType();
            destinationPort = oneWay ? flow.icmpCode() : answer;
        }
        final int addresses = Long.compareUnsigned(flow.initiatorHi(), flow.responderHi()) == 0
            ? Long.compareUnsigned(flow.initiatorLo(), flow.responderLo())
            : Long.compareUnsigned(flow.initiatorHi(), flow.responderHi());
        final boolean ordered = oneWay || addresses < 0 || addresses == 0 && sourcePort < destinationPort;
        int at = putShort(seed, 0);
        at = putAddress(flow, ordered, at);
        at = putAddress(flow, !ordered, at);
        block[at++] = (byte) protocol;
        block[at++] = 0;
        if (hasPorts(protocol)) {
            at = putShort(ordered ? sourcePort : destinationPort, at);
            at = putShort(ordered ? destinationPort : sourcePort, at);
        }
        hash(at);
        encode(target);
    }

    private static boolean hasPorts(final int protocol) {
        return switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP, IpProtocol.ICMP, IpProtocol.ICMPV6 -> true;
            default -> false;
        };
    }

    /** Type of the message that answers an ICMP message, -1 if none does. */
    private static int answerTo4(final int type) {
        return switch (type) {
            case 0 -> 8;
            case 8 -> 0;
            case 9 -> 10;
            case 10 -> 9;
            case 13 -> 14;
            case 14 -> 13;
            case 15 -> 16;
            case 16 -> 15;
            case 17 -> 18;
            case 18 -> 17;
            default -> -1;
        };
    }

    private static int answerTo6(final int type) {
        return switch (type) {
            case 128 -> 129;
            case 129 -> 128;
            case 130 -> 131;
            case 131 -> 130;
            case 133 -> 134;
            case 134 -> 133;
            case 135 -> 136;
            case 136 -> 135;
            case 139 -> 140;
            case 140 -> 139;
            case 144 -> 145;
            case 145 -> 144;
            default -> -1;
        };
    }

    private int putAddress(final FlowIdentity flow, final boolean initiator, final int offset) {
        final long hi = initiator ? flow.initiatorHi() : flow.responderHi();
        final long lo = initiator ? flow.initiatorLo() : flow.responderLo();
        if (flow.ipVersion() == 4) {
            return putInt((int) lo, offset);
        }
        putInt((int) (hi >>> 32), offset);
        putInt((int) hi, offset + 4);
        putInt((int) (lo >>> 32), offset + 8);
        return putInt((int) lo, offset + 12);
    }

    private int putShort(final int value, final int offset) {
        block[offset] = (byte) (value >>> 8);
        block[offset + 1] = (byte) value;
        return offset + 2;
    }

    private int putInt(final int value, final int offset) {
        putShort(value >>> 16, offset);
        return putShort(value, offset + 2);
    }

    private void hash(final int length) {
        algorithm.update(block, 0, length);
        try {
            algorithm.digest(digest, 0, DIGEST_LENGTH);
        } catch (final DigestException e) {
            throw new IllegalStateException("the array has the algorithm's length", e);
        }
    }

    /** The 20 bytes of the digest, and one zero behind them, as 28 characters of which the last is padding. */
    private void encode(final byte[] target) {
        int at = 2;
        for (int i = 0; i < digest.length; i += 3) {
            final int group =
                (digest[i] & 0xff) << 16 | (digest[i + 1] & 0xff) << 8 | digest[i + 2] & 0xff;
            target[at++] = BASE64[group >>> 18];
            target[at++] = BASE64[group >>> 12 & 0x3f];
            target[at++] = BASE64[group >>> 6 & 0x3f];
            target[at++] = BASE64[group & 0x3f];
        }
        target[LENGTH - 1] = '=';
    }
}
