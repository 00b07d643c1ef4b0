package io.weir.reassembly;

import org.agrona.DirectBuffer;

/**
 * Receives the streams of all TCP connections of one worker, on its thread: what each receiving host's application
 * read, byte for byte.
 *
 * <p>A stream is one direction of a connection. Its number is the flow's handle times two, plus 1 if the upper endpoint
 * sends it; it names the stream from its first call to {@link #end}, which comes exactly once for every stream that had
 * another call. Offsets count the stream's bytes from 0, gaps included.
 */
public interface StreamSink {
    /** Nobody wants the streams. */
    StreamSink NONE = new StreamSink() {
        @Override
        public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
            final long streamOffset, final long timestampNs) {
        }

        @Override
        public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
        }

        @Override
        public void end(final long stream, final StreamEnd reason, final long timestampNs) {
        }
    };

    /**
     * The next bytes of a stream.
     *
     * @param buffer       holds them for the time of this call only: it lies over the frame or over a pooled chunk
     * @param offset       of the first byte in the buffer
     * @param length       in bytes, at least 1
     * @param streamOffset place of the first byte in the stream
     * @param timestampNs  of the frame that completed them, ns since 1970
     */
    void data(long stream, DirectBuffer buffer, int offset, int length, long streamOffset, long timestampNs);

    /**
     * How many of the bytes it was just handed, from the first one on, this sink did not look at: those of a body that
     * nobody asked for, say. Of them no copy is kept with which a retransmission could be compared, unless
     * {@link StreamContext#cutOff} is off. Asked right behind {@link #data}.
     *
     * @return at most all of them
     */
    default int passedFirst() {
        return 0;
    }

    /** The same from the last one back, if it has looked at some before them. */
    default int passedLast() {
        return 0;
    }

    /**
     * Bytes are missing here and will not come any more.
     *
     * @param streamOffset place of the first missing byte in the stream
     * @param length       how many, at least 1
     */
    void gap(long stream, long streamOffset, long length, long timestampNs);

    /** Nothing follows. */
    void end(long stream, StreamEnd reason, long timestampNs);
}
