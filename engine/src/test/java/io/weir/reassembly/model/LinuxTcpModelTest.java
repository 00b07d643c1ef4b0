package io.weir.reassembly.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.reassembly.StreamContext;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Linux's own TCP is the model: two hosts talk over a wire that delays, swaps, doubles and loses frames, and what weir
 * saw equals what the receiving applications have read. The seed is drawn anew each time; a failure tells it and leaves
 * the frames in a file. {@code -Dweir.model.seed=SEED} gives the same traffic and the same faults, though not the same
 * moments.
 */
class LinuxTcpModelTest {
    private static final List<String> FAST_OPEN =
        List.of("tcp_fastopen=1543", "tcp_fastopen_blackhole_timeout_sec=0");

    private final long seed = Long.getLong("weir.model.seed", System.nanoTime());
    private final long inUse = NativeMemory.inUse();
    private Wire wire;

    @AfterEach
    void nothingIsLeft() {
        assertEquals(inUse, NativeMemory.inUse());
    }

    @Test
    void shouldDeliverWhatApplicationsRead() throws Exception {
        final Traffic traffic = new Traffic(seed).bulk().halfClosed().closedWindows().shortSegments().keepAlives()
            .fastOpen().reuses().resets();
        judge(new Comparison(traffic, run(traffic, false, FAST_OPEN, Faults.USUAL), StreamContext::new, name("usual"))
            .everywhere().oneSided().leaky(seed).late(seed));
        assertTrue(wire.wasFaulty(), () -> "the wire has done nothing to frames: " + wire);
    }

    @Test
    void shouldDeliverWhatApplicationsReadFromSuperFramesWithoutChecksums() throws Exception {
        final Traffic traffic = new Traffic(seed).bulk().bulk().halfClosed().closedWindows().fastOpen().resets();
        judge(new Comparison(traffic, run(traffic, true, FAST_OPEN, Faults.USUAL),
            () -> new StreamContext().checksums(StreamContext.Checksums.VERIFY), name("super-frames"))
            .everywhere().oneSided());
    }

    @Test
    void shouldDeliverWhatApplicationsReadWithoutStampsAndSelectiveAcknowledgementAndWithDamage() throws Exception {
        final Traffic traffic = new Traffic(seed).bulk().halfClosed().closedWindows().shortSegments().resets();
        final List<String> settings =
            List.of("tcp_timestamps=0", "tcp_sack=0", "tcp_window_scaling=0", "tcp_ecn=1");
        judge(new Comparison(traffic, run(traffic, false, settings, Faults.USUAL.withDamage()),
            () -> new StreamContext().checksums(StreamContext.Checksums.VERIFY), name("damaged")).everywhere());
    }

    @Test
    void shouldLeaveOutUrgentBytesAsApplicationsDo() throws Exception {
        final Traffic traffic = new Traffic(seed).urgent(false);
        judge(new Comparison(traffic, run(traffic, false, List.of(), Faults.USUAL),
            () -> new StreamContext().urgentInline(false), name("urgent")).everywhere());
    }

    @Test
    void shouldKeepUrgentBytesWhereApplicationsReadThemInline() throws Exception {
        final Traffic traffic = new Traffic(seed).urgent(true);
        judge(new Comparison(traffic, run(traffic, false, List.of(), Faults.USUAL),
            () -> new StreamContext().urgentInline(true), name("inline")).everywhere());
    }

    private List<Passage> run(final Traffic traffic, final boolean offloads, final List<String> settings,
        final Faults faults) throws Exception {
        try (TwoHosts hosts = TwoHosts.create(offloads, settings, faults, seed)) {
            wire = hosts.wire();
            traffic.run(hosts);
            return wire.stop();
        } catch (final Exception e) {
            throw new AssertionError("weir.model.seed=" + seed + ": " + wire, e);
        }
    }

    private String name(final String variant) {
        return "model-" + seed + "-" + variant;
    }

    private void judge(final Comparison comparison) {
        assertTrue(comparison.faults().isEmpty(),
            () -> "weir.model.seed=" + seed + ": " + wire + "\n" + String.join("\n", comparison.faults()));
    }
}
