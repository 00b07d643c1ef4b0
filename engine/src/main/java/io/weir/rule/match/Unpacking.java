package io.weir.rule.match;

import io.weir.protocol.Bytes;
import io.weir.protocol.content.BodyDecoder;
import io.weir.protocol.content.Coding;
import io.weir.protocol.content.Content;
import io.weir.protocol.content.Decoders;
import io.weir.rule.model.Transform;

/** Unpacks buffers for rules, by the decoders of bodies. One for each worker. */
final class Unpacking implements Content {
    private final Decoders decoders = new Decoders(1);
    private final BodyDecoder decoder = new BodyDecoder();
    private final Bytes view = new Bytes();
    private byte[] target;
    private int length;
    private int most;

    /** Unpacks up to so many bytes; answers how many there are. */
    int unpack(final Transform.Kind kind, final byte[] in, final int inLength, final byte[] out, final int mostOut) {
        target = out;
        length = 0;
        most = mostOut;
        decoder.begin(decoders, this);
        decoder.announce(kind == Transform.Kind.GUNZIP ? Coding.GZIP : Coding.DEFLATE);
        if (decoder.take(view.wrap(in, 0, inLength))) {
            decoder.finish();
        }
        decoder.release();
        return length;
    }

    @Override
    public boolean take(final byte[] source, final int offset, final int count) {
        final int taken = Math.min(count, most - length);
        System.arraycopy(source, offset, target, length, taken);
        length += taken;
        return length < most;
    }
}
