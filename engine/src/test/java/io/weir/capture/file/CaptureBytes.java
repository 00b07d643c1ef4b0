package io.weir.capture.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Builds capture files byte by byte, good ones and bad ones. */
final class CaptureBytes {
    static final int ETHERNET = 1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    CaptureBytes(final ByteOrder order) {
        this.order = order;
    }

    static CaptureBytes little() {
        return new CaptureBytes(ByteOrder.LITTLE_ENDIAN);
    }

    static CaptureBytes big() {
        return new CaptureBytes(ByteOrder.BIG_ENDIAN);
    }

    CaptureBytes u16(final int value) {
        return raw(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    CaptureBytes u32(final long value) {
        return raw(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    }

    CaptureBytes u64(final long value) {
        return raw(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    CaptureBytes raw(final byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    CaptureBytes pad() {
        while (out.size() % 4 != 0) {
            out.write(0);
        }
        return this;
    }

    CaptureBytes pcapHeader(final long magic, final long snapLength, final long linkType) {
        return u32(magic).u16(2).u16(4).u32(0).u32(0).u32(snapLength).u32(linkType);
    }

    CaptureBytes pcapMicros() {
        return pcapHeader(0xa1b2c3d4L, 65_535, ETHERNET);
    }

    CaptureBytes record(final long seconds, final long fraction, final long wireLength, final byte[] data) {
        return u32(seconds).u32(fraction).u32(data.length).u32(wireLength).raw(data);
    }

    CaptureBytes record(final long seconds, final long fraction, final byte[] data) {
        return record(seconds, fraction, data.length, data);
    }

    /** A pcapng block around a body, which is padded. */
    CaptureBytes block(final int type, final CaptureBytes body) {
        final byte[] padded = body.pad().bytes();
        return u32(type).u32(padded.length + 12L).raw(padded).u32(padded.length + 12L);
    }

    CaptureBytes same() {
        return new CaptureBytes(order);
    }

    CaptureBytes section() {
        return block(0x0a0d0d0a, same().u32(0x1a2b3c4d).u16(1).u16(0).u64(-1));
    }

    CaptureBytes option(final int code, final byte... value) {
        return u16(code).u16(value.length).raw(value).pad();
    }

    CaptureBytes interfaceBlock(final int linkType, final long snapLength, final CaptureBytes options) {
        return block(1, same().u16(linkType).u16(0).u32(snapLength).raw(options.bytes()));
    }

    CaptureBytes interfaceBlock(final int linkType) {
        return interfaceBlock(linkType, 0, same());
    }

    CaptureBytes enhanced(final int interfaceId, final long units, final long wireLength, final byte[] data,
        final CaptureBytes options) {
        return block(6, same().u32(interfaceId).u32(units >>> 32).u32(units).u32(data.length).u32(wireLength)
            .raw(data).pad().raw(options.bytes()));
    }

    CaptureBytes enhanced(final int interfaceId, final long units, final byte[] data) {
        return enhanced(interfaceId, units, data.length, data, same());
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    byte[] gzipped() {
        return gzip(bytes());
    }

    static byte[] gzip(final byte[] bytes) {
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    Path write(final Path file) {
        return write(file, bytes());
    }

    static Path write(final Path file, final byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes that differ from frame to frame. */
    static byte[] data(final int seed, final int length) {
        final byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (seed * 31 + i * 7);
        }
        return data;
    }
}
