package io.weir.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.packet.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowTableModelTest {
    private static final int[] PROTOCOLS = {17, 17, 17, 1, 132, 6};
    private static final int SERVER = 0x0a00ff00;

    private final int[] lastSequence = new int[1 << 16];
    /** Clients send four frames in a row, or one that is answered. */
    private boolean talkAtOnce;
    private int protocol;
    private int client;
    private int remaining;

    private static FlowTableContext context(final int flows) {
        final FlowTableContext context = new FlowTableContext()
            .memoryBytes((long) flows * FlowTableContext.BYTES_PER_FLOW);
        final int[] seconds = {6, 20, 2, 3, 10, 10, 2, 4, 4, 8, 5, 5};
        for (int i = 0; i < seconds.length; i++) {
            context.timeoutSeconds(FlowProtocol.values()[i / 3], FlowState.values()[i % 3], seconds[i]);
        }
        return context;
    }

    @Test
    void shouldWriteWhatTheModelWritesWhileFlowsAreEvicted() {
        final FlowTableFixture at = compare(context(48), 1, 120_000, 400);
        assertAtLeast(1000, at.count(Counter.FLOWS_EVICTED_UNESTABLISHED));
        at.close();
    }

    @Test
    void shouldWriteWhatTheModelWritesWhileFlowsThatTalkAreEvicted() {
        talkAtOnce = true;
        final FlowTableFixture at = compare(context(24), 3, 40_000, 400);
        assertAtLeast(1000, at.count(Counter.FLOWS_EVICTED_ONE_SIDED));
        assertAtLeast(1000, at.count(Counter.FLOWS_EVICTED_ESTABLISHED));
        at.close();
    }

    @Test
    void shouldWriteWhatTheModelWritesWhileFlowsTimeOut() {
        final FlowTableFixture at = compare(context(8000), 2, 120_000, 3000);
        assertEquals(0, at.count(Counter.FLOWS_EVICTED_UNESTABLISHED));
        assertAtLeast(20_000, at.count(Counter.FLOWS_STARTED));
        at.close();
    }

    private static void assertAtLeast(final long least, final long count) {
        assertTrue(count >= least, count + " is less than " + least);
    }

    @Test
    void shouldWriteTheSameRecordsUnderAnySeed() {
        assertEquals(run(11), run(12));
    }

    private List<FlowRecords.FlowRow> run(final long seed) {
        final List<FlowRecords.FlowRow> rows = new ArrayList<>();
        try (FlowTableFixture at = new FlowTableFixture(context(64), 1 << 20, seed)) {
            final Random random = new Random(5);
            double seconds = 0;
            for (int i = 0; i < 20_000; i++) {
                seconds += random.nextDouble() * 0.1;
                at.frames.at(seconds);
                at.put(frame(at.frames, random, 200));
                if (i % 20 == 0) {
                    at.table.onTick(at.frames.nextSequence(), at.frames.timeNs());
                }
                rows.addAll(at.records());
            }
            rows.addAll(at.endAll());
        }
        return rows;
    }

    private FlowTableFixture compare(final FlowTableContext context, final long seed, final int frames,
        final int clients) {
        final FlowTableFixture at = new FlowTableFixture(context, 1 << 20, seed);
        final FlowTableModel model = new FlowTableModel(context);
        final Random random = new Random(seed);
        double now = 0;
        double engine = 0;
        for (int i = 0; i < frames; i++) {
            now += step(random);
            final double before = engine;
            engine = Math.max(engine, now);
            for (int tick = 0; tick < 100 && Math.floor(before) + tick < Math.floor(engine); tick++) {
                at.frames.at(Math.floor(before) + tick + 1);
                final long sequence = at.frames.nextSequence();
                at.table.onTick(sequence, at.frames.timeNs());
                model.onTick(sequence, at.frames.timeNs());
                assertEquals(model.written(), at.records(), "tick " + sequence);
            }
            at.frames.at(now);
            final Frame frame = frame(at.frames, random, clients);
            model.onFrame(frame);
            at.put(frame);
            assertEquals(model.written(), at.records(), "frame " + frame.number);
            assertEquals(model.size(), at.table.size());
        }
        final long sequence = at.frames.nextSequence();
        at.table.endAll(sequence, Frames.START_NS);
        model.endAll(sequence);
        assertEquals(model.written(), at.records());
        return at;
    }

    /** Mostly a few milliseconds; now and then a leap, a step back or the same time again. */
    private static double step(final Random random) {
        final int kind = random.nextInt(1000);
        if (kind == 0) {
            return random.nextDouble() * 30;
        }
        if (kind < 3) {
            return -random.nextDouble() * 8;
        }
        return kind < 50 ? 0 : random.nextDouble() * 0.01;
    }

    private Frame frame(final Frames frames, final Random random, final int clients) {
        if (remaining == 0) {
            protocol = talkAtOnce ? 17 : PROTOCOLS[random.nextInt(PROTOCOLS.length)];
            // a few clients talk much, most little
            client = (int) (clients * Math.pow(random.nextDouble(), 3));
            remaining = talkAtOnce ? client % 2 == 0 ? 4 : 2 : 1;
        }
        remaining--;
        final boolean answers = talkAtOnce ? client % 2 != 0 && remaining == 0
            : client % 3 != 0 && random.nextInt(3) == 0;
        final int address = 0x0a000000 + client;
        if (protocol == 1) {
            return answers ? frames.icmp(SERVER, address, 9, 0, 0) : frames.icmp(address, SERVER, 9, 8, 0);
        }
        if (protocol != 6) {
            return answers ? frames.ipv4(protocol, SERVER, 53, address, 40000)
                : frames.ipv4(protocol, address, 40000, SERVER, 53);
        }
        if (answers) {
            return frames.tcp(SERVER, 53, address, 40000, 0x14, 0, lastSequence[client] + 6, 0);
        }
        lastSequence[client] += 1000 * random.nextInt(2);
        return frames.tcp(address, 40000, SERVER, 53, 0x02, lastSequence[client] + 5, 0, 0);
    }
}
