package io.weir.reassembly;

import io.weir.packet.TcpFlags;
import java.util.List;

/** One side of a {@link Conversation}. Places are offsets in the stream it sends, 0 being the first byte. */
final class Side {
    final StreamFixture fixture;
    final String address;
    final int port;
    int initial;
    Side peer;
    /** What its segments acknowledge: an offset in the peer's stream. */
    long acknowledged;
    /** Whether its segments carry an acknowledgement at all. */
    boolean acknowledging = true;
    int window = 0xffff;
    /** Where the highest byte it sent so far ends; a FIN counts as one. */
    long sent;

    Side(final StreamFixture fixture, final String address, final int port, final int initial) {
        this.fixture = fixture;
        this.address = address;
        this.port = port;
        this.initial = initial;
    }

    Segment segment(final long at) {
        return new Segment(this, at);
    }

    void syn() {
        segment(-1).flags(TcpFlags.SYN).send();
    }

    void synAck() {
        segment(-1).flags(TcpFlags.SYN | TcpFlags.ACK).send();
    }

    /** Data at an offset. */
    void sends(final long at, final String data) {
        segment(at).data(data).send();
    }

    /** A pure acknowledgement of all bytes of the peer below an offset. Its own place is behind all it sent. */
    void acks(final long offset) {
        acknowledged = offset;
        segment(sent).send();
    }

    /** A FIN behind so many bytes. */
    void fin(final long at) {
        segment(at).flags(TcpFlags.FIN | TcpFlags.ACK).send();
    }

    /** A reset with the sequence number of an offset. */
    void resets(final long at) {
        segment(at).flags(TcpFlags.RST).send();
    }

    /** What its newest stream was, as {@link RecordedStream#text()}; empty if nothing was heard of it. */
    String stream() {
        final List<RecordedStream> streams = streams();
        return streams.isEmpty() ? "" : streams.get(streams.size() - 1).text();
    }

    /** Number of its newest stream. */
    long number() {
        final List<RecordedStream> streams = streams();
        return streams.get(streams.size() - 1).number;
    }

    /** All its streams, oldest first. */
    List<RecordedStream> streams() {
        return fixture.recorder.named(address + ":" + port + " > " + peer.address + ":" + peer.port);
    }
}
