package io.weir.flow;

import static io.weir.flow.FlowTableFixture.CLIENT;
import static io.weir.flow.FlowTableFixture.SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowTableEvictionTest {
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;
    private static final int CAPACITY = 16;

    private final FlowTableFixture at = FlowTableFixture.ofFlows(CAPACITY);

    @AfterEach
    void close() {
        at.close();
    }

    private void ask(final int port) {
        at.put(at.frames.udp(CLIENT, port, SERVER, 53));
    }

    private void answer(final int port) {
        at.put(at.frames.udp(SERVER, 53, CLIENT, port));
    }

    private List<Integer> evictedPorts() {
        return at.records().stream().peek(row -> assertEquals(EndReason.FORCED, row.reason()))
            .map(FlowRecords.FlowRow::initiatorPort).toList();
    }

    @Test
    void shouldGiveUpTheOldestUnansweredFlowFirst() {
        IntStream.range(0, CAPACITY).forEach(i -> ask(1000 + i));
        answer(1000);
        ask(1001);
        assertTrue(at.records().isEmpty());
        ask(2000);
        final FlowRecords.FlowRow row = at.only(at.records());
        assertEquals(1001, row.initiatorPort());
        assertEquals(EndReason.FORCED, row.reason());
        assertEquals(CAPACITY + 3, row.sequence());
        assertEquals(1, at.count(Counter.FLOWS_EVICTED_UNESTABLISHED));
        assertEquals(CAPACITY, at.table.size());
    }

    @Test
    void shouldKeepOneSidedFlowsLongerThanUnansweredOnes() {
        IntStream.range(0, CAPACITY).forEach(i -> ask(1000 + i));
        IntStream.range(0, 3).forEach(i -> ask(1000));
        IntStream.range(1, CAPACITY - 1).forEach(i -> answer(1000 + i));
        ask(2000);
        assertEquals(List.of(1000 + CAPACITY - 1), evictedPorts());
        answer(2000);
        ask(2001);
        assertEquals(List.of(1000), evictedPorts());
        assertEquals(1, at.count(Counter.FLOWS_EVICTED_UNESTABLISHED));
        assertEquals(1, at.count(Counter.FLOWS_EVICTED_ONE_SIDED));
    }

    @Test
    void shouldGiveEstablishedFlowsASecondChance() {
        for (int i = 0; i < CAPACITY; i++) {
            ask(1000 + i);
            answer(1000 + i);
        }
        // each was seen: the first round spares all of them and the oldest goes
        ask(2000);
        assertEquals(List.of(1000), evictedPorts());
        answer(2000);
        ask(1001);
        ask(2001);
        assertEquals(List.of(1002), evictedPorts(), "1001 was seen since");
        assertEquals(2, at.count(Counter.FLOWS_EVICTED_ESTABLISHED));
    }

    @Test
    void shouldTakeATcpFlowForEstablishedOnlyOnceBothHaveAcknowledged() {
        at.put(at.frames.tcp(CLIENT, 1, SERVER, 80, SYN, 100, 0, 0));
        at.put(at.frames.tcp(SERVER, 80, CLIENT, 1, SYN | ACK, 500, 101, 0));
        at.put(at.frames.tcp(CLIENT, 2, SERVER, 80, SYN, 100, 0, 0));
        at.put(at.frames.tcp(SERVER, 80, CLIENT, 2, SYN | ACK, 500, 101, 0));
        at.put(at.frames.tcp(CLIENT, 2, SERVER, 80, ACK, 101, 501, 0));
        for (int i = 0; i < CAPACITY - 2; i++) {
            ask(1000 + i);
            answer(1000 + i);
        }
        ask(2000);
        assertEquals(List.of(1), evictedPorts());
        answer(2000);
        ask(2001);
        assertEquals(List.of(2), evictedPorts(), "the oldest of the established");
    }

    @Test
    void shouldTakeATcpDirectionWhoseAcknowledgementMovesForOneSided() {
        for (int i = 0; i < CAPACITY; i++) {
            at.put(at.frames.tcp(CLIENT, i + 1, SERVER, 80, ACK, 100, 500, 10));
        }
        at.put(at.frames.tcp(CLIENT, 1, SERVER, 80, ACK, 110, 600, 10));
        at.put(at.frames.tcp(CLIENT, 2, SERVER, 80, ACK, 110, 500, 10));
        at.put(at.frames.tcp(CLIENT, 3, SERVER, 80, ACK, 110, 400, 10));
        ask(2000);
        ask(2001);
        assertEquals(List.of(2, 3), evictedPorts());
    }

    @Test
    void shouldStayWithinItsRoomThroughAFlood() {
        final Random random = new Random(3);
        final int frames = 20_000;
        int written = 0;
        for (int i = 0; i < frames; i++) {
            at.put(at.frames.udp(random.nextInt(), random.nextInt(65536), SERVER, 53));
            written += at.records().size();
            assertTrue(at.table.size() <= CAPACITY);
        }
        written += at.endAll().size();
        assertEquals(at.count(Counter.FLOWS_STARTED), written);
        assertEquals(written - CAPACITY, at.count(Counter.FLOWS_EVICTED_UNESTABLISHED));
    }
}
