package io.weir.packet;

import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeLayout;
import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/**
 * Computes the checksums of the TCP segments of a batch in one call of libweir, whose vectors are several times as fast
 * as Java. Frames whose checksums are right are marked so, and {@link TransportChecksum} need not read them again; all
 * others, and all frames where libweir is not loaded, are left to it. Owned by one worker; allocates nothing after
 * construction.
 */
public final class ChecksumBatch implements AutoCloseable {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int SETTLED = Frame.MARKS | Frame.CHECKSUM_NOT_READY | Frame.SUPER_FRAME
        | Frame.CHECKSUM_VERIFIED | Frame.CHECKSUMS_RIGHT;

    private final NativeMemory.Region region;

    /** Makes one for batches of at most {@code capacity} frames. */
    public ChecksumBatch(final int capacity) {
        region = NativeMemory.allocate(NativeMemory.Tag.OTHER, (long) capacity * NativeLayout.SEGMENT_BYTES,
            NativeMemory.CACHE_LINE);
    }

    /**
     * Marks those of the first {@code count} frames, decoded, that are TCP segments with the right checksums.
     *
     * @return true if there may be TCP segments that are not marked
     */
    public boolean verify(final Frame[] batch, final int count) {
        final LibWeir library = Native.loaded();
        if (library == null) {
            return true;
        }
        boolean left = false;
        long end = region.address();
        for (int i = 0; i < count; i++) {
            final Frame frame = batch[i];
            final int flags = frame.flags;
            if ((flags & SETTLED) == 0 && ((frame.plain & Frame.PLAIN_TCP) != 0 || isWhole(frame))) {
                UnsafeApi.putLong(end + NativeLayout.SEGMENT_IP, frame.address + frame.ipOffset);
                UnsafeApi.putInt(end + NativeLayout.SEGMENT_HEADER, frame.transportOffset - frame.ipOffset);
                UnsafeApi.putInt(end + NativeLayout.SEGMENT_LENGTH,
                    frame.payloadOffset + frame.payloadLength - frame.transportOffset);
                end += NativeLayout.SEGMENT_BYTES;
                // as they nearly always are
                frame.flags = flags | Frame.CHECKSUMS_RIGHT;
            } else if (frame.protocol == TransportDecoder.TCP) {
                left = true;
            }
        }
        final int found = (int) (end - region.address()) / NativeLayout.SEGMENT_BYTES;
        if (found == 0) {
            return left;
        }
        final boolean judged = library.checksums(region.address(), found) == found;
        if (judged && right(found) == found) {
            return left;
        }
        unmark(batch, count, end, judged);
        return true;
    }

    private int right(final int found) {
        int right = 0;
        for (int i = 0; i < found; i++) {
            right += UnsafeApi.getInt(region.address() + (long) i * NativeLayout.SEGMENT_BYTES
                + NativeLayout.SEGMENT_RIGHT);
        }
        return right;
    }

    /** Takes the mark from those segments whose checksums are not right. */
    private void unmark(final Frame[] batch, final int count, final long end, final boolean judged) {
        long at = region.address();
        for (int i = 0; i < count && at < end; i++) {
            final Frame frame = batch[i];
            if ((frame.flags & Frame.CHECKSUMS_RIGHT) != 0
                && UnsafeApi.getLong(at + NativeLayout.SEGMENT_IP) == frame.address + frame.ipOffset) {
                if (!judged || UnsafeApi.getInt(at + NativeLayout.SEGMENT_RIGHT) == 0) {
                    frame.flags &= ~Frame.CHECKSUMS_RIGHT;
                }
                at += NativeLayout.SEGMENT_BYTES;
            }
        }
    }

    /** True for a whole segment right behind an IP header without options. */
    private static boolean isWhole(final Frame frame) {
        return frame.plain == 0 && frame.protocol == TransportDecoder.TCP
            && (frame.error | frame.payloadMissing | frame.fragmentOffset) == 0 && !frame.moreFragments
            && frame.payloadOffset - frame.transportOffset >= TCP_HEADER
            && frame.transportOffset - frame.ipOffset == (frame.ipVersion == 4 ? IPV4_HEADER : IPV6_HEADER);
    }

    @Override
    public void close() {
        region.close();
    }
}
