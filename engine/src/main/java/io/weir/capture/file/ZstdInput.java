package io.weir.capture.file;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.weir.base.NativeMemory;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Frames of a zstd file (RFC 8878), one after the other. Windows above 128 MiB are refused. */
final class ZstdInput implements ByteInput {
    private static final int BUFFER_BYTES = 128 << 10;

    private final ByteInput packed;
    private final NativeMemory.Region region =
        NativeMemory.allocate(NativeMemory.Tag.FILE_BLOCKS, BUFFER_BYTES, NativeMemory.CACHE_LINE);
    private final ByteBuffer buffer = region.byteBuffer().limit(0);
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private boolean betweenFrames;

    ZstdInput(final ByteInput packed) {
        this.packed = packed;
    }

    @Override
    public int read(final ByteBuffer target) throws IOException {
        while (true) {
            final int start = target.position();
            if (buffer.hasRemaining() || !betweenFrames) {
                final int before = buffer.position();
                decompress(target);
                if (target.position() > start) {
                    return target.position() - start;
                }
                if (buffer.position() > before || buffer.hasRemaining()) {
                    continue;
                }
            }
            buffer.clear();
            final int count = packed.read(buffer);
            buffer.flip();
            if (count < 0) {
                if (betweenFrames) {
                    return -1;
                }
                throw new EOFException("the zstd file ends inside its compressed data, at its byte " + bytesRead());
            }
        }
    }

    private void decompress(final ByteBuffer target) throws IOException {
        try {
            betweenFrames = context.decompressDirectByteBufferStream(target, buffer);
        } catch (final ZstdException e) {
            throw new IOException("zstd data damaged at or before byte " + (bytesRead() - buffer.remaining())
                + " of the file: " + e.getMessage(), e);
        }
    }

    @Override
    public long bytesRead() {
        return packed.bytesRead();
    }

    @Override
    public void close() {
        context.close();
        region.close();
        packed.close();
    }
}
