package io.weir.reassembly;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.agrona.DirectBuffer;

/** Keeps length and SHA-256 of a stream. */
final class DigestedStream implements StreamConsumer {
    private final MessageDigest digest = newDigest();
    private long bytes;
    private long gapBytes;
    private long gapBytesAtEnd;
    private String sha256;
    private StreamEnd end;

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void data(final DirectBuffer buffer, final int offset, final int length, final long streamOffset,
        final long timestampNs) {
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        digest.update(copy);
        bytes += length;
        gapBytesAtEnd = 0;
    }

    @Override
    public void gap(final long length) {
        gapBytes += length;
        gapBytesAtEnd += length;
    }

    @Override
    public void end(final StreamEnd reason) {
        sha256 = HexFormat.of().formatHex(digest.digest());
        end = reason;
    }

    long bytes() {
        return bytes;
    }

    /** Bytes missing between others; those missing behind the last are not, which other tools do not count at all. */
    long gapBytesWithin() {
        return gapBytes - gapBytesAtEnd;
    }

    /** Of all data; null before the end. */
    String sha256() {
        return sha256;
    }

    @Override
    public String toString() {
        return bytes + " bytes, " + gapBytes + " missing, " + end;
    }
}
