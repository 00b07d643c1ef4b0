package io.weir.capture.file;

import io.weir.base.NativeMemory;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Members of a gzip file (RFC 1952), one after the other, checked against their checksums. */
final class GzipInput implements ByteInput {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int FIXED_HEADER = 10;
    private static final int TRAILER = 8;
    private static final int HEADER_CRC = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;

    private final ByteInput packed;
    private final NativeMemory.Region region =
        NativeMemory.allocate(NativeMemory.Tag.FILE_BLOCKS, BUFFER_BYTES, NativeMemory.CACHE_LINE);
    private final ByteBuffer buffer = region.byteBuffer().order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private boolean inMember;
    private boolean anyMember;

    GzipInput(final ByteInput packed) {
        this.packed = packed;
    }

    @Override
    public int read(final ByteBuffer target) throws IOException {
        while (true) {
            if (!inMember && !nextMember()) {
                return -1;
            }
            if (!buffer.hasRemaining() && !refill()) {
                throw new EOFException("the gzip file ends inside its compressed data, at its byte " + bytesTaken());
            }
            final int start = target.position();
            try {
                inflater.setInput(buffer);
                inflater.inflate(target);
            } catch (final DataFormatException e) {
                throw new IOException("gzip data damaged at or before byte " + bytesTaken() + " of the file", e);
            }
            final int count = target.position() - start;
            if (count > 0) {
                checksum.update(target.duplicate().limit(target.position()).position(start));
            }
            if (inflater.finished()) {
                inMember = false;
                if (count > 0) {
                    return count;
                }
            } else if (count > 0) {
                return count;
            } else if (inflater.needsDictionary()) {
                throw new IOException("gzip data needs a dictionary at byte " + bytesTaken() + " of the file");
            }
        }
    }

    /** Checks the trailer of the member before and reads the header of the next; false at the end of the file. */
    private boolean nextMember() throws IOException {
        if (anyMember) {
            need(TRAILER);
            final long expected = buffer.getInt() & 0xffff_ffffL;
            final int length = buffer.getInt();
            if (expected != checksum.getValue() || length != (int) inflater.getBytesWritten()) {
                throw new IOException("the gzip checksum does not match: bytes before are damaged");
            }
            if (!skipZeroes()) {
                return false;
            }
        }
        need(FIXED_HEADER);
        if (buffer.get() != 0x1f || (buffer.get() & 0xff) != 0x8b || buffer.get() != Byte.SIZE) {
            throw new IOException("bytes behind the compressed data are not gzip, at byte " + bytesTaken());
        }
        final int flags = buffer.get();
        buffer.position(buffer.position() + 6);
        if ((flags & EXTRA) != 0) {
            need(2);
            skip(buffer.getShort() & 0xffff);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        checksum.reset();
        inMember = true;
        anyMember = true;
        return true;
    }

    /** Skips the padding that tapes and some tools leave; false at the end of the file. */
    private boolean skipZeroes() throws IOException {
        while (buffer.hasRemaining() || refill()) {
            if (buffer.get(buffer.position()) != 0) {
                return true;
            }
            buffer.get();
        }
        return false;
    }

    private void skipText() throws IOException {
        do {
            need(1);
        } while (buffer.get() != 0);
    }

    private void skip(final int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            need(1);
            buffer.get();
        }
    }

    private void need(final int bytes) throws IOException {
        while (buffer.remaining() < bytes) {
            buffer.compact();
            final int count = packed.read(buffer);
            buffer.flip();
            if (count < 0) {
                throw new EOFException("the gzip file ends inside a header or trailer, at its byte " + bytesTaken());
            }
        }
    }

    private boolean refill() throws IOException {
        buffer.clear();
        final int count = packed.read(buffer);
        buffer.flip();
        return count >= 0;
    }

    private long bytesTaken() {
        return packed.bytesRead() - buffer.remaining();
    }

    @Override
    public long bytesRead() {
        return packed.bytesRead();
    }

    @Override
    public void close() {
        inflater.end();
        region.close();
        packed.close();
    }
}
