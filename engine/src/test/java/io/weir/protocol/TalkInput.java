package io.weir.protocol;

import io.weir.protocol.SampleTalk.Said;
import io.weir.protocol.classify.FlowPlayer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A talk as bytes, so that a fuzzer can change it: whether over UDP and from the middle, the server's port, then
 * pieces, each with a byte for who says it and what becomes of it, its length, and what is said.
 */
final class TalkInput {
    private static final int UDP = 1;
    private static final int MID_STREAM = 2;
    private static final int HEAD = 3;
    private static final int PIECE_HEAD = 3;
    private static final int FROM_SERVER = 1;
    private static final int LOST = 2;
    private static final int CLOSES = 4;
    private static final int MOST_PIECES = 256;

    private TalkInput() {
    }

    /** An exchange as input. */
    static byte[] of(final SampleTalk talk) {
        final ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(talk.isUdp() ? UDP : 0);
        input.write(talk.port() >>> 8);
        input.write(talk.port());
        for (final Said said : talk.said()) {
            input.write(said.fromClient() ? 0 : FROM_SERVER);
            input.write(said.bytes().length >>> 8);
            input.write(said.bytes().length);
            input.writeBytes(said.bytes());
        }
        return input.toByteArray();
    }

    /** Plays an input, whatever it is, to the end of the flow. */
    static void play(final byte[] input, final FlowPlayer player) {
        if (input.length < HEAD) {
            return;
        }
        final int port = Math.max(1, (input[1] & 0xff) << 8 | input[2] & 0xff);
        if ((input[0] & UDP) != 0) {
            player.udp(40_000, port);
        } else {
            player.tcp(40_000, port, (input[0] & MID_STREAM) != 0);
        }
        int at = HEAD;
        for (int i = 0; i < MOST_PIECES && at + PIECE_HEAD < input.length; i++) {
            final int kind = input[at];
            final int length = (input[at + 1] & 0xff) << 8 | input[at + 2] & 0xff;
            final boolean fromClient = (kind & FROM_SERVER) == 0;
            at += PIECE_HEAD;
            if ((kind & LOST) != 0) {
                player.gap(fromClient, length + 1L);
            } else {
                final int end = Math.min(input.length, at + Math.max(1, length));
                player.says(fromClient, Arrays.copyOfRange(input, at, end));
                at = end;
            }
            if ((kind & CLOSES) != 0) {
                player.closes(fromClient);
            }
        }
        player.end();
    }
}
