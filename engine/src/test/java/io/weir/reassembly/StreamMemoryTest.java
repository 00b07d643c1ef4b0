package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What gives way when the memory for data out of order is used up. */
class StreamMemoryTest {
    private static final int CHUNKS = (int) (StreamContext.MEMORY_BYTES_MIN / PieceStore.CHUNK_BYTES);

    private final long memoryBefore = NativeMemory.inUse();
    private final StreamFixture fixture =
        new StreamFixture(new StreamContext().memoryBytes(StreamContext.MEMORY_BYTES_MIN));
    private int connections;

    @AfterEach
    void leavesNoMemory() {
        fixture.close();
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    private Conversation next() {
        return new Conversation(fixture, connections++);
    }

    /** An established connection with data that waits for a missing byte. */
    private Conversation establishedWithGap() {
        final Conversation tcp = next().established();
        tcp.client.sends(2, "ient");
        return tcp;
    }

    /** A connection nobody answered, with data that waits. */
    private Conversation unansweredWithGap() {
        final Conversation tcp = next();
        tcp.client.syn();
        tcp.client.sends(2, "attack");
        return tcp;
    }

    /** A connection of which only one side is seen, with data that waits. */
    private Conversation oneSidedWithGap() {
        final Conversation tcp = next();
        tcp.client.syn();
        tcp.client.acks(0);
        tcp.client.acks(10);
        tcp.client.sends(2, "ide");
        return tcp;
    }

    private void assertWithinMemory() {
        assertTrue(fixture.count(Counter.TCP_BYTES_BUFFERED) <= StreamContext.MEMORY_BYTES_MIN);
    }

    @Test
    void shouldGiveUpUnansweredConnectionsBeforeAnyOther() {
        final List<Conversation> established = new ArrayList<>();
        final List<Conversation> oneSided = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            established.add(establishedWithGap());
            oneSided.add(oneSidedWithGap());
        }
        for (int i = 0; i < 4 * CHUNKS; i++) {
            unansweredWithGap();
            assertWithinMemory();
        }
        assertTrue(fixture.count(Counter.TCP_MEMORY_LIMIT_REACHED) > 3 * CHUNKS);
        established.forEach(tcp -> tcp.client.sends(1, "l"));
        oneSided.forEach(tcp -> tcp.client.sends(0, "in"));
        established.forEach(tcp -> assertEquals("client", tcp.client.stream()));
        oneSided.forEach(tcp -> assertEquals("inide", tcp.client.stream()));
        assertEquals(0, fixture.count(Counter.TCP_GAPS));
    }

    @Test
    void shouldGiveUpOneSidedConnectionsBeforeEstablishedOnes() {
        final Conversation established = establishedWithGap();
        final Conversation first = oneSidedWithGap();
        for (int i = 0; i < 2 * CHUNKS; i++) {
            oneSidedWithGap();
            assertWithinMemory();
        }
        established.client.sends(1, "l");
        assertEquals("client", established.client.stream());
        assertEquals("[2]ide", first.client.stream());
    }

    @Test
    void shouldGoOnBehindTheOldestGapOfEstablishedConnections() {
        final Conversation first = establishedWithGap();
        final Conversation second = establishedWithGap();
        for (int i = 2; i < CHUNKS; i++) {
            establishedWithGap();
        }
        assertEquals("c", first.client.stream());
        establishedWithGap();
        assertWithinMemory();
        assertEquals("c[1]ient", first.client.stream());
        assertEquals("c", second.client.stream());
        second.client.sends(1, "l");
        assertEquals("client", second.client.stream());
        assertEquals(1, fixture.count(Counter.TCP_MEMORY_LIMIT_REACHED));
    }

    @Test
    void shouldKeepAConnectionThatWasAnsweredSinceItsDataBeganToWait() {
        final Conversation tcp = next();
        tcp.client.syn();
        tcp.client.sends(1, "nswered");
        tcp.server.synAck();
        tcp.client.acks(0);
        tcp.server.sends(0, "s");
        tcp.client.acks(1);
        tcp.client.sends(8, "!");
        for (int i = 0; i < 2 * CHUNKS; i++) {
            unansweredWithGap();
        }
        tcp.client.sends(0, "a");
        assertEquals("answered!", tcp.client.stream());
    }

    @Test
    void shouldFreeTheMemoryOfFlowsThatEnd() {
        for (int i = 0; i < CHUNKS / 2; i++) {
            unansweredWithGap();
        }
        fixture.after(3_000);
        assertEquals(0, fixture.count(Counter.TCP_BYTES_BUFFERED));
    }

    @Test
    void shouldCountWhatItGaveUp() {
        for (int i = 0; i < 2 * CHUNKS; i++) {
            unansweredWithGap();
        }
        assertEquals((long) CHUNKS * "attack".length(), fixture.count(Counter.TCP_BYTES_GIVEN_UP));
    }
}
