package io.weir.protocol;

import io.weir.engine.MemorySource.TimedFrame;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import io.weir.reassembly.fragment.Fragmented;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What two hosts say to each other as the frames of a capture: {@code wire.tcp(40000, 80).says(true, bytes).close()}.
 * How the bytes travel is set by a form; hosts read the same whatever it is.
 */
public final class WireTalk {
    /** How what is said travels. */
    public enum Form { PLAIN, BYTE_BY_BYTE, HALVES_SWAPPED, REVERSED, OVERLAPPING, FRAGMENTED, FRAGMENTS_REVERSED }

    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long STEP_NS = 1_000_000;
    private static final int PIECE = 16;
    private static final int OVERLAP = 5;
    private static final int FRAGMENT = 24;
    private static final int LARGEST = 1_400;
    private static final int IP = 14;

    private final List<TimedFrame> frames = new ArrayList<>();
    private final Form form;
    private long nowNs = START_NS;
    private String client = "10.0.0.1";
    private String server = "10.0.0.2";
    private int clientPort;
    private int serverPort;
    private boolean udp;
    private final long[] sent = new long[2];
    private int identification;

    public WireTalk(final Form form) {
        this.form = form;
    }

    /** Sets who talks from here on. */
    public WireTalk between(final String clientAddress, final String serverAddress) {
        client = clientAddress;
        server = serverAddress;
        return this;
    }

    /** Begins a TCP connection with its handshake. */
    public WireTalk tcp(final int fromPort, final int toPort) {
        udp = false;
        clientPort = fromPort;
        serverPort = toPort;
        Arrays.fill(sent, 0);
        segment(true, TcpFlags.SYN, -1, new byte[0]);
        segment(false, TcpFlags.SYN | TcpFlags.ACK, -1, new byte[0]);
        return acknowledge(true);
    }

    /** What follows are UDP datagrams. */
    public WireTalk udp(final int fromPort, final int toPort) {
        udp = true;
        clientPort = fromPort;
        serverPort = toPort;
        return this;
    }

    /** One side says this; in TCP the other acknowledges it. */
    public WireTalk says(final boolean fromClient, final byte[] bytes) {
        if (udp) {
            frame(ends(fromClient).udp(fromClient ? clientPort : serverPort, fromClient ? serverPort : clientPort)
                .payload(bytes));
            return this;
        }
        final int side = fromClient ? 0 : 1;
        final List<int[]> pieces = pieces(bytes.length);
        for (final int[] piece : pieces) {
            segment(fromClient, TcpFlags.ACK | TcpFlags.PSH, sent[side] + piece[0],
                Arrays.copyOfRange(bytes, piece[0], piece[1]));
        }
        sent[side] += bytes.length;
        return acknowledge(!fromClient);
    }

    /** Beginnings and ends of the segments, in the order in which they are sent. */
    private List<int[]> pieces(final int length) {
        final int size = switch (form) {
            case BYTE_BY_BYTE -> 1;
            case HALVES_SWAPPED -> Math.max(1, (length + 1) / 2);
            case REVERSED, OVERLAPPING -> PIECE;
            default -> LARGEST;
        };
        final List<int[]> pieces = new ArrayList<>();
        for (int from = 0; from < length; from += size) {
            final int early = form == Form.OVERLAPPING ? Math.max(0, from - OVERLAP) : from;
            pieces.add(new int[] {early, Math.min(length, from + size)});
        }
        if (form == Form.HALVES_SWAPPED || form == Form.REVERSED) {
            Collections.reverse(pieces);
        }
        return pieces;
    }

    /** Both sides close. */
    public WireTalk close() {
        segment(true, TcpFlags.FIN | TcpFlags.ACK, sent[0], new byte[0]);
        sent[0]++;
        segment(false, TcpFlags.FIN | TcpFlags.ACK, sent[1], new byte[0]);
        sent[1]++;
        return acknowledge(true);
    }

    /** Lets time pass. */
    public WireTalk after(final double seconds) {
        nowNs += Math.round(seconds * 1e9);
        return this;
    }

    public List<TimedFrame> frames() {
        return frames;
    }

    private WireTalk acknowledge(final boolean fromClient) {
        segment(fromClient, TcpFlags.ACK, sent[fromClient ? 0 : 1], new byte[0]);
        return this;
    }

    private void segment(final boolean fromClient, final int flags, final long at, final byte[] data) {
        final long initial = fromClient ? 1_000_000 : 2_000_000;
        final long other = fromClient ? 2_000_000 : 1_000_000;
        final PacketBuilder packet = ends(fromClient)
            .tcp(fromClient ? clientPort : serverPort, fromClient ? serverPort : clientPort)
            .seq(initial + 1 + at).flags(flags);
        if ((flags & TcpFlags.ACK) != 0) {
            packet.ack(other + 1 + sent[fromClient ? 1 : 0]);
        }
        frame(packet.payload(data));
    }

    private PacketBuilder ends(final boolean fromClient) {
        return PacketBuilder.ethernet().ipv4(fromClient ? client : server, fromClient ? server : client);
    }

    private void frame(final PacketBuilder packet) {
        final byte[] built = packet.build();
        if (form == Form.FRAGMENTED || form == Form.FRAGMENTS_REVERSED) {
            final List<byte[]> fragments =
                Fragmented.packet(Arrays.copyOfRange(built, IP, built.length), ++identification, FRAGMENT);
            if (form == Form.FRAGMENTS_REVERSED) {
                Collections.reverse(fragments);
            }
            fragments.forEach(fragment -> add(Fragmented.ethernet(fragment)));
        } else {
            add(built);
        }
    }

    private void add(final byte[] frame) {
        nowNs += STEP_NS;
        frames.add(new TimedFrame(nowNs, frame));
    }
}
