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
    /** Places of the segments in the batch. */
    private final int[] places;

    /** Makes one for batches of at most {@code capacity} frames. */
    public ChecksumBatch(final int capacity) {
        region = NativeMemory.allocate(NativeMemory.Tag.OTHER, (long) capacity * NativeLayout.SEGMENT_BYTES,
            NativeMemory.CACHE_LINE);
        places = new int[capacity];
    }

    /** Marks those of the first {@code count} frames, decoded, that are TCP segments with the right checksums. */
    public void verify(final Frame[] batch, final int count) {
        final LibWeir library = Native.loaded();
        if (library == null) {
            return;
        }
        int found = 0;
        long at = region.address();
        for (int i = 0; i < count; i++) {
            final Frame frame = batch[i];
            if ((frame.flags & SETTLED) == 0 && ((frame.plain & Frame.PLAIN_TCP) != 0 || isWhole(frame))) {
                UnsafeApi.putLong(at + NativeLayout.SEGMENT_IP, frame.address + frame.ipOffset);
                UnsafeApi.putInt(at + NativeLayout.SEGMENT_HEADER, frame.transportOffset - frame.ipOffset);
                UnsafeApi.putInt(at + NativeLayout.SEGMENT_LENGTH,
                    frame.payloadOffset + frame.payloadLength - frame.transportOffset);
                at += NativeLayout.SEGMENT_BYTES;
                places[found++] = i;
            }
        }
        if (found > 0 && library.checksums(region.address(), found) == found) {
            mark(batch, found);
        }
    }

    private void mark(final Frame[] batch, final int count) {
        long at = region.address() + NativeLayout.SEGMENT_RIGHT;
        for (int i = 0; i < count; i++, at += NativeLayout.SEGMENT_BYTES) {
            if (UnsafeApi.getInt(at) != 0) {
                batch[places[i]].flags |= Frame.CHECKSUMS_RIGHT;
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
