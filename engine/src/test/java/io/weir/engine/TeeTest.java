package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.capture.FrameFeed;
import io.weir.capture.FrameSource;
import io.weir.capture.VethPair;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.TeeWriter;
import io.weir.capture.live.BackEnd;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a live run kept with a tee gives the same records when it is read. */
class TeeTest {
    private static final long BOUND_NS = 30_000_000_000L;
    private static final int FRAMES = 3_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(BackEnd.class)
    void shouldGiveTheSameRecordsFromTheTeeAsLive(final BackEnd backEnd) throws Exception {
        final Path file = directory.resolve("tee.pcapng");
        final List<String> live = new ArrayList<>();
        try (VethPair wire = VethPair.create()) {
            wire.awaitCarrier();
            wire.run(() -> live.addAll(runLive(backEnd, file)));
        }
        assertTrue(live.size() > 100, "too few flows to tell: " + live.size());
        assertEquals(live, read(file, 1));
        assertEquals(live, read(file, 2));
    }

    private static List<String> runLive(final BackEnd backEnd, final Path file) throws Exception {
        final RecordList records = new RecordList();
        try (FrameSource source = LiveBackEnds.open(backEnd);
            Counters counters = new Counters();
            TeeWriter tee = TeeWriter.create(file, source.interfaces(), counters);
            FrameFeed feed = new FrameFeed(VethPair.LEFT);
            Engine engine = new Engine(new EngineContext().source(source).workers(2).output(records)
                .tee(tee::append).counters(counters).conclude())) {
            engine.start();
            sendSessions(feed);
            final long deadlineNs = System.nanoTime() + BOUND_NS;
            while (engine.progress().counters().get(Counter.FRAMES_PROCESSED) < FRAMES) {
                assertTrue(System.nanoTime() < deadlineNs, "frames did not arrive");
                LockSupport.parkNanos(200_000);
            }
            engine.stop();
            assertTrue(engine.await(BOUND_NS));
            assertTrue(engine.summary().ledger().balanced());
            assertEquals(0, engine.summary().counters().get(Counter.TEE_DROPPED));
        }
        return records.lines;
    }

    /** Sessions of every length and ending, VLAN-tagged ones among them. */
    private static void sendSessions(final FrameFeed feed) {
        final Random random = new Random(17);
        for (int i = 0; i < FRAMES; i++) {
            final int client = random.nextInt(200);
            final boolean back = random.nextBoolean();
            PacketBuilder link = PacketBuilder.ethernet();
            if (client % 3 == 0) {
                link = link.vlan(100 + client % 5);
            }
            final String near = "192.0.2." + (1 + client);
            final String far = "198.51.100.9";
            final int flags = switch (random.nextInt(12)) {
                case 0 -> TcpFlags.SYN;
                case 1 -> TcpFlags.RST | TcpFlags.ACK;
                case 2 -> TcpFlags.FIN | TcpFlags.ACK;
                default -> TcpFlags.ACK;
            };
            feed.send(link.ipv4(back ? far : near, back ? near : far).tcp(back ? 443 : 5_000, back ? 5_000 : 443)
                .seq(random.nextInt(100_000)).ack(random.nextInt(100_000)).flags(flags)
                .payload(random.nextInt(400)).build());
        }
    }

    private static List<String> read(final Path file, final int workers) throws Exception {
        final RecordList records = new RecordList();
        try (FileSource source = FileSource.open(file, FileSource.MAX_BLOCKS);
            Engine engine = new Engine(new EngineContext().source(source).workers(workers).output(records)
                .conclude())) {
            engine.start();
            assertTrue(engine.await(BOUND_NS));
            assertEquals(FRAMES, engine.summary().frames());
            assertTrue(engine.summary().capture().damages.isEmpty(), "the tee is damaged");
        }
        return records.lines;
    }
}
