package io.weir.protocol.content;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes gzip or deflate: the form is told from the bytes, not from what was announced, as browsers do it, and
 * checksums are not looked at.
 */
final class Inflate extends Unpacker {
    /** Bytes that tell the form. */
    private static final int TELLING = 2;
    private static final int GZIP_TRAILER = 8;
    private static final int ZLIB_DICTIONARY_ID = 4;
    private static final int ZLIB_HAS_DICTIONARY = 0x20;

    private enum State { TELL, GZIP_HEADER, SKIP, DATA, TRAILER, NEXT_MEMBER, PLAIN, OVER }

    private final Inflater inflater = new Inflater(true);
    private final GzipHeader header = new GzipHeader();
    private State state;
    private boolean announcedDeflate;
    private boolean gzip;
    private int toSkip;

    @Override
    void begin(final Coding announced) {
        super.begin(announced);
        inflater.reset();
        state = State.TELL;
        announcedDeflate = announced == Coding.DEFLATE;
        gzip = false;
        toSkip = 0;
    }

    @Override
    void end() {
        inflater.end();
    }

    @Override
    boolean take(final byte[] source, final int offset, final int length, final Content target) {
        int at = offset;
        final int end = offset + length;
        while (at < end) {
            switch (state) {
                case TELL -> {
                    keep(source, at++, 1);
                    if (keptLength() == TELLING && !tell(target)) {
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
                        if (!hasGiven()) {
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

    @Override
    void finish(final Content target) {
        if (state == State.TELL && keptLength() > 0) {
            state = State.PLAIN;
            giveKept(target);
        }
    }

    /** What the first two bytes mean. */
    private boolean tell(final Content target) {
        final int first = kept()[0] & 0xff;
        final int second = kept()[1] & 0xff;
        if (first == 0x1f && second == 0x8b) {
            gzip = true;
            header.begin();
            header.isOverWith(kept()[0]);
            header.isOverWith(kept()[1]);
            state = State.GZIP_HEADER;
        } else if ((first & 0x8f) == 8 && (first << 8 | second) % 31 == 0) {
            toSkip = (second & ZLIB_HAS_DICTIONARY) == 0 ? 0 : ZLIB_DICTIONARY_ID;
            state = toSkip == 0 ? State.DATA : State.SKIP;
        } else if (announcedDeflate) {
            state = State.DATA;
            inflater.setInput(kept(), 0, TELLING);
            return inflate(target);
        } else {
            return plain(target);
        }
        return true;
    }

    private boolean plain(final Content target) {
        damaged();
        state = State.PLAIN;
        return giveKept(target);
    }

    private boolean inflate(final Content target) {
        try {
            while (!inflater.finished() && !inflater.needsDictionary()) {
                final int length = inflater.inflate(out());
                if (length == 0) {
                    return true;
                }
                if (!give(length, target)) {
                    return false;
                }
                if (isExhausted()) {
                    damaged();
                    state = State.OVER;
                    return true;
                }
            }
            toSkip = GZIP_TRAILER;
            state = gzip ? State.TRAILER : State.OVER;
            return true;
        } catch (final DataFormatException e) {
            if (isWhole()) {
                return plain(target);
            }
            damaged();
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
