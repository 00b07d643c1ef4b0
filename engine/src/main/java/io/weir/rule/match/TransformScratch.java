package io.weir.rule.match;

import io.weir.base.Ascii;
import io.weir.rule.model.Transform;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Memory in which buffers are transformed. One for each worker; what it answers holds until two transforms later. */
public final class TransformScratch {
    /** Most bytes of what is copied. */
    static final int MOST = 64 * 1024;

    private static final int SIZE = MOST + 1;

    private final byte[][] arrays = {new byte[SIZE], new byte[SIZE]};
    private final Input[] views = {new Input(), new Input()};
    private final MessageDigest md5 = digest("MD5");
    private final MessageDigest sha1 = digest("SHA-1");
    private final MessageDigest sha256 = digest("SHA-256");
    /** Made when a rule first unpacks. */
    private Unpacking unpacking;
    private int turn;

    private static MessageDigest digest(final String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has it", e);
        }
    }

    private byte[] next() {
        turn ^= 1;
        return arrays[turn];
    }

    private Input view(final int length) {
        return views[turn].wrap(arrays[turn], 0, length);
    }

    /** A copy of a part. */
    Input copy(final Input in, final int from, final int count) {
        final byte[] out = next();
        in.copyTo(from, out, 0, count);
        return view(count);
    }

    /** A copy of the end, as much as there is room for. */
    Input copy(final Input in, final int from) {
        return copy(in, from, Math.min(in.length() - from, SIZE - 1));
    }

    /** Does one thing; what would be too long is cut off. */
    Input transform(final Transform.Kind kind, final byte[] argument, final Input whole) {
        final byte[] out = next();
        final int length = Math.min(whole.length(), SIZE - 1);
        return switch (kind) {
            case TO_MD5 -> digest(md5, whole, length, out);
            case TO_SHA1 -> digest(sha1, whole, length, out);
            case TO_SHA256 -> digest(sha256, whole, length, out);
            case DOTPREFIX -> {
                out[0] = '.';
                whole.copyTo(0, out, 1, length);
                yield view(length + 1);
            }
            case HEADER_LOWERCASE, STRIP_PSEUDO_HEADERS -> view(HeaderText.transform(kind, whole, length, out));
            default -> view(bytes(kind, argument, whole, length, out));
        };
    }

    /** What a part is in base 64; all as it is if that is not there or nothing can be decoded. */
    Input base64(final Transform how, final Input whole) {
        final int rest = Math.min(whole.length(), SIZE - 1) - how.from();
        if (rest <= 0 || how.count() > rest) {
            return whole;
        }
        final byte[] out = next();
        final Base64.Mode mode = switch (how.kind()) {
            case FROM_BASE64_STRICT -> Base64.Mode.NONE;
            case FROM_BASE64_LENIENT -> Base64.Mode.PASSED_OVER;
            default -> Base64.Mode.UP_TO;
        };
        final int decoded = Base64.decode(whole, how.from(), how.count() == 0 ? rest : how.count(), out, mode);
        return decoded == 0 ? whole : view(decoded);
    }

    /** What it is unpacked, up to a length; as it is if it is not packed. */
    Input unpacked(final Transform how, final Input whole) {
        final byte[] in = next();
        final int length = Math.min(whole.length(), SIZE - 1);
        whole.copyTo(0, in, 0, length);
        final byte[] out = next();
        if (unpacking == null) {
            unpacking = new Unpacking();
        }
        return view(unpacking.unpack(how.kind(), in, length, out, Math.min(how.count(), SIZE - 1)));
    }

    private static int bytes(final Transform.Kind kind, final byte[] argument, final Input in, final int length,
        final byte[] out) {
        int written = 0;
        for (int i = 0; i < length; i++) {
            final byte value = in.at(i);
            switch (kind) {
                case COMPRESS_WHITESPACE -> {
                    if (!NumberReader.isSpace(value) || i == 0 || !NumberReader.isSpace(in.at(i - 1))) {
                        out[written++] = value;
                    }
                }
                case STRIP_WHITESPACE -> {
                    if (!NumberReader.isSpace(value)) {
                        out[written++] = value;
                    }
                }
                case TO_LOWERCASE -> out[written++] = (byte) Ascii.lower(value);
                case TO_UPPERCASE -> out[written++] =
                    value >= 'a' && value <= 'z' ? (byte) (value - ('a' - 'A')) : value;
                case XOR -> out[written++] = (byte) (value ^ argument[i % argument.length]);
                case URL_DECODE -> {
                    final int decoded = escaped(in, i, length);
                    out[written++] = decoded >= 0 ? (byte) decoded : value == '+' ? (byte) ' ' : value;
                    i += decoded >= 0 ? 2 : 0;
                }
                default -> out[written++] = value;
            }
        }
        return written;
    }

    /** Value of an escape like {@code %2f}, or -1 if there is none. */
    private static int escaped(final Input in, final int at, final int length) {
        if (in.at(at) != '%' || at + 2 >= length) {
            return -1;
        }
        final int high = Character.digit(in.at(at + 1), 16);
        final int low = Character.digit(in.at(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private Input digest(final MessageDigest digest, final Input in, final int length, final byte[] out) {
        in.copyTo(0, out, 0, length);
        digest.update(out, 0, length);
        try {
            return view(digest.digest(out, 0, digest.getDigestLength()));
        } catch (final DigestException e) {
            throw new IllegalStateException("there is room for it", e);
        }
    }
}
