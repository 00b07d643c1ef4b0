package io.weir.reassembly;

import io.weir.base.Counter;
import io.weir.event.Anomaly;

/**
 * A connection between a client and a server in front of a reassembler, for tests that read like a trace:
 * <pre>{@code
 * tcp.handshake();
 * tcp.client.sends(0, "GET /");
 * tcp.server.acks(5);
 * assertEquals("GET /", tcp.client.stream());
 * }</pre>
 */
final class Conversation implements AutoCloseable {
    final StreamFixture fixture;
    final Side client;
    final Side server;

    Conversation() {
        this(new StreamContext());
    }

    Conversation(final StreamContext context) {
        this(new StreamFixture(context), 1);
    }

    /** One of many connections in front of one reassembler; the fixture's owner closes it. */
    Conversation(final StreamFixture fixture, final int number) {
        this.fixture = fixture;
        client = new Side(fixture, "192.0.2." + (1 + number / 60_000), 1024 + number % 60_000, 0x1000_0000);
        server = new Side(fixture, "198.51.100.1", 80, 0x2000_0000);
        client.peer = server;
        server.peer = client;
    }

    /** Sets the initial sequence numbers; before the first segment. */
    Conversation initial(final long clientSequence, final long serverSequence) {
        client.initial = (int) clientSequence;
        server.initial = (int) serverSequence;
        return this;
    }

    /** SYN, SYN-ACK, ACK. */
    Conversation handshake() {
        client.syn();
        server.synAck();
        client.acks(0);
        return this;
    }

    /** Both sides have said something and the other acknowledged it: each stream begins with one byte. */
    Conversation established() {
        handshake();
        client.sends(0, "c");
        server.acks(1);
        server.sends(0, "s");
        client.acks(1);
        return this;
    }

    void after(final double seconds) {
        fixture.after(seconds);
    }

    int found(final Anomaly anomaly) {
        return fixture.found(anomaly);
    }

    long count(final Counter counter) {
        return fixture.count(counter);
    }

    @Override
    public void close() {
        fixture.close();
    }
}
