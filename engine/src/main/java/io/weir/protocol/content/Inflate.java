package io.weir.protocol.content;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes one compression by gzip or deflate, as it comes, whatever the pieces. As lenient as browsers: the form is told
 * from the bytes, not from what was announced, checksums are not looked at, what follows the end is passed over, and
 * what turns out not to be compressed is handed on as it is. Pooled; one thread.
 */
final class Inflate {
    /** Bytes that tell the form. */
    private static final int TELLING = 2;
    private static final int GZIP_TRAILER = 8;
    private static final int ZLIB_DICTIONARY_ID = 4;
    private static final int ZLIB_HAS_DICTIONARY = 0x20;
    /** What came before anything went out is kept, so that it can be handed on as it is. */
    private static final int MOST_KEPT = 1024;
    private static final int OUT = 8 * 1024;
    /** Most bytes that one layer gives: a few bytes must not cause work without end. */
    private static final long MOST_OUT = 4L * 1024 * 1024;

    private enum State { TELL, GZIP_HEADER, SKIP, DATA, TRAILER, NEXT_MEMBER, PLAIN, OVER }

    private final Inflater inflater = new Inflater(true);
    private final GzipHeader header = new GzipHeader();
    private final byte[] kept = new byte[MOST_KEPT];
    private final byte[] out = new byte[OUT];
    private State state;
    private boolean announcedDeflate;
    private boolean gzip;
    private boolean damaged;
    private int keptLength;
    private long given;
    private int toSkip;

    /** Begins with a body. */
    void begin(final Coding announced) {
        inflater.reset();
        state = State.TELL;
        announcedDeflate = announced == Coding.DEFLATE;
        gzip = false;
        damaged = false;
        keptLength = 0;
        given = 0;
        toSkip = 0;
    }

    /** True if it is not what was announced, or broken. */
    boolean isDamaged() {
        return damaged;
    }

    /** True if it has given all it may. */
    boolean isExhausted() {
        return given > MOST_OUT;
    }

    /** Gives its memory back for good. */
    void end() {
        inflater.end();
    }

    /**
     * Takes the next bytes.
     *
     * @return false if no more are wanted
     */
    boolean take(final byte[] source, final int offset, final int length, final Content target) {
        int at = offset;
        final int end = offset + length;
        while (at < end) {
            switch (state) {
                case TELL -> {
                    kept[keptLength++] = source[at++];
                    if (keptLength == TELLING && !tell(target)) {
                        return false;
                    }
                }
                case GZIP_HEADER -> {
                    keep(source, at, 1);
                    if (header.isOverWith(source[at++])) {
                        state = State.DATA;
                    }
                }
                case SKIP -> {
                    keep(source, at++, 1);
                    state = --toSkip == 0 ? State.DATA : State.SKIP;
                }
                case DATA -> {
                    inflater.setInput(source, at, end - at);
                    if (!inflate(target)) {
                        return false;
                    }
                    if (state != State.PLAIN) {
                        if (given == 0) {
                            keep(source, at, end - at);
                        }
                        at = end - inflater.getRemaining();
                    }
                }
                case TRAILER -> {
                    at++;
                    state = --toSkip == 0 ? State.NEXT_MEMBER : State.TRAILER;
                }
                case NEXT_MEMBER -> nextMember(source[at++]);
                case PLAIN -> {
                    return target.take(source, at, end - at);
                }
                default -> {
                    return true;
                }
            }
        }
        return true;
    }

    /** The body has ended. */
    void finish(final Content target) {
        if (state == State.TELL && keptLength > 0) {
            state = State.PLAIN;
            target.take(kept, 0, keptLength);
        }
    }

    private void keep(final byte[] source, final int from, final int length) {
        if (keptLength + length <= MOST_KEPT) {
            System.arraycopy(source, from, kept, keptLength, length);
        }
        keptLength = Math.min(MOST_KEPT + 1, keptLength + length);
    }

    /** What the first two bytes mean. */
    private boolean tell(final Content target) {
        final int first = kept[0] & 0xff;
        final int second = kept[1] & 0xff;
        if (first == 0x1f && second == 0x8b) {
            gzip = true;
            header.begin();
            header.isOverWith(kept[0]);
            header.isOverWith(kept[1]);
            state = State.GZIP_HEADER;
        } else if ((first & 0x8f) == 8 && (first << 8 | second) % 31 == 0) {
            toSkip = (second & ZLIB_HAS_DICTIONARY) == 0 ? 0 : ZLIB_DICTIONARY_ID;
            state = toSkip == 0 ? State.DATA : State.SKIP;
        } else if (announcedDeflate) {
            state = State.DATA;
            inflater.setInput(kept, 0, TELLING);
            return inflate(target);
        } else {
            return plain(target);
        }
        return true;
    }

    private boolean plain(final Content target) {
        damaged = true;
        state = State.PLAIN;
        return target.take(kept, 0, Math.min(MOST_KEPT, keptLength));
    }

    private boolean inflate(final Content target) {
        try {
            while (!inflater.finished() && !inflater.needsDictionary()) {
                final int length = inflater.inflate(out);
                if (length == 0) {
                    return true;
                }
                given += length;
                if (!target.take(out, 0, length)) {
                    return false;
                }
                if (given > MOST_OUT) {
                    damaged = true;
                    state = State.OVER;
                    return true;
                }
            }
            toSkip = GZIP_TRAILER;
            state = gzip ? State.TRAILER : State.OVER;
            return true;
        } catch (final DataFormatException e) {
            if (given == 0 && keptLength <= MOST_KEPT) {
                return plain(target);
            }
            damaged = true;
            state = State.OVER;
            return true;
        }
    }

    /** Behind a gzip member another one may follow; anything else is passed over. */
    private void nextMember(final byte value) {
        if (value != (toSkip == 0 ? 0x1f : (byte) 0x8b)) {
            state = State.OVER;
        } else if (toSkip++ > 0) {
            inflater.reset();
            header.begin();
            header.isOverWith((byte) 0x1f);
            header.isOverWith((byte) 0x8b);
            state = State.GZIP_HEADER;
        }
    }
}
