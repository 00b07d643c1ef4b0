package io.weir.reassembly;

import org.agrona.DirectBuffer;

/**
 * Receives one direction of one TCP connection: what the receiving host's application read, byte for byte. Called on
 * the thread that gives the frames, in the order of the stream.
 */
public interface StreamConsumer {
    /**
     * The next bytes.
     *
     * @param buffer       holds them for the time of this call only; what is to last is copied
     * @param offset       of the first byte in the buffer
     * @param length       in bytes, at least 1
     * @param streamOffset place of the first byte in the stream, gaps counted
     * @param timestampNs  of the frame that completed them, ns since 1970
     */
    void data(DirectBuffer buffer, int offset, int length, long streamOffset, long timestampNs);

    /**
     * Bytes are missing here and will not come any more: the capture never had them.
     *
     * @param length how many, at least 1
     */
    void gap(long length);

    /** Nothing follows; called exactly once. */
    void end(StreamEnd reason);

    /**
     * Asked after each {@link #data} and {@link #gap}; after a false nothing more is kept of the stream and told of it,
     * but its end.
     */
    default boolean wantsMore() {
        return true;
    }
}
