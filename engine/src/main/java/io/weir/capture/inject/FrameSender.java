package io.weir.capture.inject;

/** Puts frames on a wire as they are, link header first, in batches. For one thread. */
public interface FrameSender extends AutoCloseable {
    /** Queues a frame; sends the batch if it is full. The bytes must stay until the next {@link #flush()}. */
    void add(long address, int length);

    /** Sends what is queued. Frames that the kernel refuses for good are counted and left out. */
    void flush();

    /** Frames the kernel took. */
    long sent();

    /** Frames refused: longer than can be sent, interface down, or a queue that stayed full. */
    long refused();

    /** Why the last frame was refused, in words; empty if none was. */
    String lastError();

    /** Sends what is queued and closes. */
    @Override
    void close();
}
