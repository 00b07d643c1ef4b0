package io.weir.protocol.smb;

import java.util.Arrays;

/** Which pipes the newest {@link #MOST} reads without an answer are of; answers do not say it. One thread. */
final class PipeReads {
    static final int MOST = 16;

    private final PipeId[] pipes = new PipeId[MOST];
    private final long[] messages = new long[MOST];
    private final boolean[] waits = new boolean[MOST];
    private int next;

    PipeReads() {
        for (int i = 0; i < MOST; i++) {
            pipes[i] = new PipeId();
        }
    }

    /** Forgets all. */
    void clear() {
        Arrays.fill(waits, false);
    }

    /** That message reads from that pipe. */
    void asked(final long message, final PipeId pipe) {
        pipes[next].set(pipe);
        messages[next] = message;
        waits[next] = true;
        next = (next + 1) % MOST;
    }

    /** That message is answered: says which pipe it reads from, as far as it is known. */
    void answered(final long message, final long session, final PipeId pipe) {
        pipe.set(session);
        for (int i = 0; i < MOST; i++) {
            if (waits[i] && messages[i] == message && pipes[i].session() == session) {
                waits[i] = false;
                pipe.set(pipes[i]);
            }
        }
    }
}
