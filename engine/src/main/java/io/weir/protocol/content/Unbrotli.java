package io.weir.protocol.content;

import io.weir.protocol.content.brotli.BrotliDecoder;

/** Undoes Brotli. Nothing tells it from other content, so what was announced is tried. */
final class Unbrotli extends Unpacker {
    private final BrotliDecoder decoder = new BrotliDecoder();
    private boolean plain;

    @Override
    void begin(final Coding announced) {
        super.begin(announced);
        decoder.begin();
        plain = false;
    }

    @Override
    boolean isExhausted() {
        return super.isExhausted() || decoder.isExceeded();
    }

    @Override
    boolean take(final byte[] source, final int offset, final int length, final Content target) {
        if (plain) {
            return target.take(source, offset, length);
        }
        if (isDamaged() || decoder.isFinished()) {
            return true;
        }
        if (!hasGiven()) {
            keep(source, offset, length);
        }
        decoder.setInput(source, offset, length);
        for (int unpacked = decoder.decode(out()); unpacked > 0; unpacked = decoder.decode(out())) {
            if (!give(unpacked, target)) {
                return false;
            }
            if (isExhausted()) {
                damaged();
                return true;
            }
        }
        if (decoder.isDamaged() || decoder.isExceeded() || isTooShort()) {
            damaged();
            plain = !decoder.isExceeded() && isWhole();
            return !plain || giveKept(target);
        }
        return true;
    }

    /** True if it had nothing in it, but does not end with it: so begins what is JSON in truth. */
    private boolean isTooShort() {
        return decoder.isFinished() && isWhole() && keptLength() > 1;
    }

    @Override
    void finish(final Content target) {
        if (!plain && isWhole() && keptLength() > 0 && !decoder.isFinished()) {
            damaged();
            plain = true;
            giveKept(target);
        }
    }
}
