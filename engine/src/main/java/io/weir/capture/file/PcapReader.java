package io.weir.capture.file;

import io.weir.capture.CaptureInterface;
import io.weir.packet.Frame;
import org.agrona.UnsafeApi;

/**
 * Records of a pcap file (draft-ietf-opsawg-pcap), either byte order, micro- or nanoseconds.
 *
 * <p>A record header that cannot be right is damage: the following bytes are searched for a chain of headers that can.
 */
final class PcapReader extends RecordReader {
    /** Length of the file header. */
    static final int FILE_HEADER = 24;

    private static final int RECORD_HEADER = 16;
    private static final int MODIFIED_RECORD_HEADER = 24;
    /** Upper bits of the link type word hold the FCS length. */
    private static final int LINK_TYPE_MASK = 0x03ff_ffff;

    private final boolean swapped;
    private final int recordHeader;
    private final int fractionNs;
    private final int maxCaptured;
    private final int linkType;
    private final int interfaceId;
    private final PcapResync resync;
    private long lastSeconds = -1;
    /** True while the search for the next record waits for a block. */
    private boolean lost;

    private PcapReader(final BlockReader in, final InterfaceList interfaces, final boolean swapped,
        final MagicNumber magic) {
        super(in);
        this.swapped = swapped;
        recordHeader = magic == MagicNumber.PCAP_MODIFIED ? MODIFIED_RECORD_HEADER : RECORD_HEADER;
        fractionNs = magic == MagicNumber.PCAP_NANOS ? 1 : 1000;
        final int snapLength = order(UnsafeApi.getInt(in.position + 16));
        linkType = order(UnsafeApi.getInt(in.position + 20)) & LINK_TYPE_MASK;
        maxCaptured = maxCaptured(snapLength);
        interfaceId = interfaces.register(new InterfaceList.Section(),
            new CaptureInterface("", linkType, Math.max(snapLength, 0)));
        resync = new PcapResync(in, swapped, recordHeader, maxCaptured);
    }

    /** Takes the file header; the caller has seen to {@link #FILE_HEADER} bytes. */
    static PcapReader open(final BlockReader in, final InterfaceList interfaces, final MagicNumber magic) {
        // The magic number is written in the byte order of the file, and was matched most significant byte first.
        final boolean bigEndian = (UnsafeApi.getByte(in.position) & 0xff) == 0xa1;
        final PcapReader reader =
            new PcapReader(in, interfaces, bigEndian == ByteOrders.NATIVE_IS_LITTLE, magic);
        in.position += FILE_HEADER;
        return reader;
    }

    private static int maxCaptured(final int snapLength) {
        final int most = BlockReader.MAX_BYTES - MODIFIED_RECORD_HEADER;
        return snapLength < 0 ? most : Math.min(Math.max(snapLength, TRUSTED_CAPTURED_LENGTH), most);
    }

    private int order(final int value) {
        return swapped ? Integer.reverseBytes(value) : value;
    }

    @Override
    int next(final Frame frame) {
        final BlockReader window = in;
        final long at = window.position;
        final long available = window.limit - at - recordHeader;
        if (available >= 0 && !lost) {
            final int captured = order(UnsafeApi.getInt(at + 8));
            final int wire = order(UnsafeApi.getInt(at + 12));
            if ((captured | wire) >= 0 && captured <= available && captured <= maxCaptured) {
                deliver(frame, window, at, captured, wire);
                return DELIVERED;
            }
        }
        return slow(frame);
    }

    @Override
    int take(final Frame[] frames, final int from, final int to, final long untilNs) {
        if (lost) {
            return from;
        }
        final BlockReader window = in;
        final long block = window.block;
        final long last = window.limit - recordHeader;
        long at = window.position;
        long seconds = lastSeconds;
        int end = from;
        while (end < to && at <= last) {
            final int captured = order(UnsafeApi.getInt(at + 8));
            final int wire = order(UnsafeApi.getInt(at + 12));
            if ((captured | wire) < 0 || captured > last - at || captured > maxCaptured) {
                break;
            }
            seconds = seconds(at);
            final long stampNs = stampNs(at, seconds);
            set(frames[end++], block, at, stampNs, captured, wire);
            at += recordHeader + captured;
            if (stampNs >= untilNs) {
                break;
            }
        }
        if (end > from) {
            lastSeconds = seconds;
            window.position = at;
            window.delivered += end - from;
        }
        return end;
    }

    private void deliver(final Frame frame, final BlockReader window, final long at, final int captured,
        final int wire) {
        lastSeconds = seconds(at);
        set(frame, window.block, at, stampNs(at, lastSeconds), captured, wire);
        window.position = at + recordHeader + captured;
        window.delivered++;
    }

    private long seconds(final long record) {
        return order(UnsafeApi.getInt(record)) & 0xffff_ffffL;
    }

    private long stampNs(final long record, final long seconds) {
        final long fraction = order(UnsafeApi.getInt(record + 4)) & 0xffff_ffffL;
        return seconds * 1_000_000_000L + fraction * fractionNs;
    }

    private void set(final Frame frame, final long block, final long at, final long stampNs, final int captured,
        final int wire) {
        frame.timestampNs = stampNs;
        frame.address = at + recordHeader;
        frame.capturedLength = captured;
        frame.wireLength = wire;
        frame.linkType = linkType;
        frame.interfaceId = interfaceId;
        frame.source = 0;
        frame.block = block;
        frame.flags = 0;
        frame.strippedVlan = 0;
    }

    private int slow(final Frame frame) {
        int state = lost ? skip(0) : BlockReader.READY;
        while (state == BlockReader.READY) {
            state = in.require(recordHeader);
            if (state == BlockReader.NO_BLOCK) {
                return NOT_READY;
            }
            if (state == BlockReader.ENDED) {
                return end("the file ends inside a record header");
            }
            final int captured = order(UnsafeApi.getInt(in.position + 8));
            if (captured >= 0 && captured <= maxCaptured) {
                state = in.require(recordHeader + captured);
                if (state == BlockReader.NO_BLOCK) {
                    return NOT_READY;
                }
                if (state == BlockReader.READY) {
                    final int wire = order(UnsafeApi.getInt(in.position + 12));
                    deliver(frame, in, in.position, captured, wire < 0 ? Integer.MAX_VALUE : wire);
                    return DELIVERED;
                }
                final int wire = order(UnsafeApi.getInt(in.position + 12));
                if (Integer.compareUnsigned(wire, captured) >= 0) {
                    return end("the file ends inside a record");
                }
            }
            state = skip(captured);
        }
        return state == BlockReader.NO_BLOCK ? NOT_READY : END;
    }

    private int skip(final int captured) {
        final int state = resync.skip(captured, lastSeconds);
        lost = state == BlockReader.NO_BLOCK;
        return state;
    }

    private int end(final String what) {
        if (in.limit > in.position) {
            in.damage(in.position, what);
            in.position = in.limit;
        }
        return END;
    }
}
