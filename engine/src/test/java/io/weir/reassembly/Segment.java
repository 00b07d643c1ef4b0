package io.weir.reassembly;

import io.weir.packet.Frame;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A TCP segment of one side, to be sent as it is built: by default it carries ACK and no data. */
final class Segment {
    private static final int OPTION_WINDOW_SCALE = 3;
    private static final int OPTION_TIMESTAMPS = 8;

    private final Side side;
    private final long at;
    private final ByteArrayOutputStream options = new ByteArrayOutputStream();
    private String data = "";
    private int flags = TcpFlags.ACK;
    private int urgent;
    private int frameFlags;
    private int cut;
    private int lost;
    private boolean wrongChecksum;
    private int window;
    private long acknowledgement;

    Segment(final Side side, final long at) {
        this.side = side;
        this.at = at;
        window = side.window;
        acknowledgement = side.peer.initial + 1 + side.acknowledged;
    }

    Segment data(final String value) {
        data = value;
        return this;
    }

    /** So many bytes of one letter. */
    Segment data(final int length, final char letter) {
        return data(String.valueOf(letter).repeat(length));
    }

    Segment flags(final int value) {
        flags = value;
        return this;
    }

    Segment fin() {
        flags |= TcpFlags.FIN;
        return this;
    }

    Segment window(final int value) {
        window = value;
        return this;
    }

    /** Acknowledges this sequence number, whatever the side has got. */
    Segment acknowledgement(final long value) {
        acknowledgement = value;
        return this;
    }

    /** Urgent data that ends so many bytes behind the segment's start. */
    Segment urgent(final int pointer) {
        flags |= TcpFlags.URG;
        urgent = pointer;
        return this;
    }

    Segment windowScale(final int shift) {
        options.write(OPTION_WINDOW_SCALE);
        options.write(3);
        options.write(shift);
        return this;
    }

    /** Time stamp option, RFC 7323. */
    Segment timestamps(final long value, final long echo) {
        options.write(OPTION_TIMESTAMPS);
        options.write(10);
        for (final long number : new long[] {value, echo}) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                options.write((int) (number >>> shift));
            }
        }
        return this;
    }

    Segment wrongChecksum() {
        wrongChecksum = true;
        return this;
    }

    /** Bits of {@link Frame#flags}. */
    Segment frameFlags(final int value) {
        frameFlags = value;
        return this;
    }

    /** The capture leaves the last bytes out. */
    Segment cut(final int bytes) {
        cut = bytes;
        return this;
    }

    /** The last bytes were never on the wire, whatever IP announces. */
    Segment shorter(final int bytes) {
        lost = bytes;
        return this;
    }

    void send() {
        final PacketBuilder packet = PacketBuilder.ethernet().ipv4(side.address, side.peer.address)
            .tcp(side.port, side.peer.port).seq(side.initial + 1 + at & 0xffff_ffffL).flags(flags).window(window)
            .urgent(urgent);
        if ((flags & TcpFlags.ACK) != 0) {
            packet.ack(acknowledgement & 0xffff_ffffL);
        }
        if (options.size() > 0) {
            packet.options(options.toByteArray());
        }
        packet.payload(data);
        final byte[] bytes = packet.build();
        if (wrongChecksum) {
            bytes[50] ^= 1;
        }
        final int phantom = (flags & (TcpFlags.SYN | TcpFlags.FIN)) == 0 ? 0 : 1;
        if ((flags & TcpFlags.RST) == 0) {
            side.sent = Math.max(side.sent, at + data.length() + phantom);
        }
        side.fixture.put(Arrays.copyOf(bytes, bytes.length - lost), bytes.length - lost - cut, frameFlags);
    }
}
