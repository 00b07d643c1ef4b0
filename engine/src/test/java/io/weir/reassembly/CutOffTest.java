package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.Counter;
import org.junit.jupiter.api.Test;

/** Streams that nobody wants any more. */
final class CutOffTest {
    @Test
    void shouldKeepNothingOfAStreamThatNobodyWants() {
        try (Conversation tcp = new Conversation()) {
            tcp.established();
            tcp.client.sends(5, "waits");
            tcp.fixture.reassembler.unwanted(tcp.client.number());
            tcp.client.sends(20, "later");
            assertEquals(0, tcp.count(Counter.TCP_BYTES_BUFFERED));
            assertEquals("c", tcp.client.stream());
        }
    }

    @Test
    void shouldFollowItAllTheSameWhereCutOffIsOff() {
        try (Conversation tcp = new Conversation(new StreamContext().cutOff(false))) {
            tcp.established();
            tcp.fixture.reassembler.unwanted(tcp.client.number());
            tcp.client.sends(1, "on");
            assertEquals("con", tcp.client.stream());
        }
    }
}
