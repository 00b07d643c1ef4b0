package io.weir.reassembly.model;

import io.weir.base.Affinity;
import io.weir.base.NativeMemory;
import io.weir.capture.MergedSource;
import io.weir.capture.PolledSource;
import io.weir.capture.VethPair;
import io.weir.capture.inject.PacketSender;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.capture.tpacket.TpacketSource;
import io.weir.packet.Frame;
import io.weir.reassembly.model.Passage.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Carries TCP frames between two hosts, each way through a faulty {@link Lane}, and writes down every frame as it comes
 * in and as it goes out. One thread does all that; it stops at a bound of frames or when closed.
 */
final class Wire implements AutoCloseable {
    private static final int FRAMES_MAX = 400_000;
    private static final int FRAME_BYTES_MAX = 1 << 17;
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int IDLE_ROUNDS = 3;
    private static final int BLOCK_BYTES = 128 << 10;
    private static final int BLOCKS = 64;
    private static final long JOIN_MS = 10_000;

    private final MergedSource source;
    private final PacketSender[] senders;
    private final Lane[] lanes;
    private final List<Passage> log = new ArrayList<>();
    private final List<Sighting> sightings = new CopyOnWriteArrayList<>();
    private final NativeMemory.Region memory =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, FRAME_BYTES_MAX, NativeMemory.CACHE_LINE);
    private final UnsafeBuffer outgoing = new UnsafeBuffer(memory.address(), FRAME_BYTES_MAX);
    private final Thread thread = new Thread(this::run, "wire");
    private volatile boolean stopped;
    private volatile Throwable failure;

    /** Lays a wire between the inner ends of two pairs. */
    Wire(final VethPair left, final VethPair right, final Faults faults, final long seed) {
        final PolledSource fromLeft = left.inside(Wire::listen);
        final PolledSource fromRight = right.inside(Wire::listen);
        source = new MergedSource(List.of(fromLeft, fromRight));
        senders = new PacketSender[] {right.inside(() -> new PacketSender(VethPair.RIGHT)),
            left.inside(() -> new PacketSender(VethPair.RIGHT))};
        lanes = new Lane[] {new Lane(seed, faults, frame -> send(0, frame)),
            new Lane(~seed, faults, frame -> send(1, frame))};
        thread.setDaemon(true);
        thread.start();
    }

    private static PolledSource listen() {
        return new TpacketSource(new TpacketContext().interfaceName(VethPair.RIGHT).blockBytes(BLOCK_BYTES)
            .blockCount(BLOCKS).blockTimeoutMs(1));
    }

    private void run() {
        try {
            // The kernel may swap frames that are sent from different CPUs.
            Affinity.pin(Affinity.allowed().length() - 1);
            int idle = 0;
            final Frame frame = new Frame();
            for (int count = 0; count < FRAMES_MAX && !stopped;) {
                if (source.next(frame)) {
                    carry(frame);
                    source.release(frame.source, frame.block - 1);
                    idle = 0;
                    count++;
                } else {
                    source.release(0, Long.MAX_VALUE);
                    source.release(1, Long.MAX_VALUE);
                    source.await(IDLE_NS);
                    if (++idle > IDLE_ROUNDS) {
                        lanes[0].idle();
                        lanes[1].idle();
                    }
                }
            }
        } catch (final Throwable e) {
            failure = e;
        }
    }

    private void carry(final Frame frame) {
        final byte[] bytes = new byte[frame.capturedLength];
        new UnsafeBuffer(frame.address, frame.capturedLength).getBytes(0, bytes);
        if (!TcpFrame.is(bytes)) {
            return;
        }
        log.add(new Passage(frame.timestampNs, frame.source == 0 ? Place.FROM_LEFT : Place.FROM_RIGHT, frame.flags,
            bytes));
        for (final Sighting sighting : sightings) {
            sighting.seen(bytes);
        }
        byte[] finished = bytes;
        if ((frame.flags & Frame.CHECKSUM_NOT_READY) != 0) {
            finished = bytes.clone();
            TcpFrame.finishChecksum(finished);
        }
        lanes[frame.source].put(finished);
    }

    private void send(final int lane, final byte[] bytes) {
        final Instant now = Instant.now();
        log.add(new Passage(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(),
            lane == 0 ? Place.TO_RIGHT : Place.TO_LEFT, 0, bytes));
        outgoing.putBytes(0, bytes);
        senders[lane].add(memory.address(), bytes.length);
        senders[lane].flush();
    }

    /** Begins to look out for frames that a host sends. */
    Sighting lookOut(final int port, final Sighting.Kind kind, final int count) {
        final Sighting sighting = new Sighting(port, kind, count);
        sightings.add(sighting);
        return sighting;
    }

    /** Stops, and tells all that passed; in the order in which it was seen. */
    List<Passage> stop() {
        end();
        if (failure != null || thread.isAlive()) {
            throw new IllegalStateException("the wire broke", failure);
        }
        for (final PacketSender sender : senders) {
            if (sender.refused() > 0) {
                throw new IllegalStateException("frames were refused: " + sender.lastError());
            }
        }
        return log;
    }

    /** True if both directions suffered each kind of fault that leaves frames whole. */
    boolean wasFaulty() {
        return lanes[0].wasFaulty() && lanes[1].wasFaulty();
    }

    @Override
    public String toString() {
        return "to the right " + lanes[0] + "; to the left " + lanes[1];
    }

    private void end() {
        stopped = true;
        source.wakeup();
        try {
            thread.join(JOIN_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
        if (!thread.isAlive()) {
            source.close();
            senders[0].close();
            senders[1].close();
            memory.close();
        }
    }
}
