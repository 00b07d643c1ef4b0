package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.Json;
import io.weir.SharedFolder;
import io.weir.base.Counter;
import io.weir.event.Anomaly;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Cases in which other libraries are known to be wrong: their segments are read, what is right is said here. */
class StreamScenariosTest {
    private static final String CLIENT = "10.0.0.1";
    private static final String SERVER = "10.0.0.2";
    private static final int TWO_CHUNKS = 2 * PieceStore.CHUNK_BYTES;

    private final Map<String, List<Consumer<Run>>> expectations = new LinkedHashMap<>();

    StreamScenariosTest() {
        expect("own-01", run -> run.streams("ab").end().streams("ab[1]defg<shutdown>"));
        expect("own-02", run -> run.streams("ab").end().streams("ab[1]defg<shutdown>"));
        expect("own-03", run -> run.streams("0123456789XYZ"));
        expect("own-04", run -> run.streams("0123456789XYZ"));
        expect("own-05", run -> run.streams("abcd<fin>"));
        expect("own-06", run -> run.streams().count(0, Counter.TCP_BYTES_BUFFERED)
            .count(6, Counter.TCP_BYTES_NOT_TAKEN));
        expect("own-07", run -> run.streams("helloworld").pieces(2).count(1, Counter.TCP_MIDSTREAM));
        expect("own-08", run -> run.streams("hi<reset>"));
        expect("own-09", run -> run.streams().count(0, Counter.TCP_RESETS_REFUSED));
        expect("own-10", run -> run.streams("one<fin>", "two"));
        expect("own-11", run -> run.streams("one<fin>", "two"));
        expect("own-12", run -> run.streams("abcdOLD").conflict(4));
        expectWith("own-12", new StreamContext().policies(TargetPolicies.of(OverlapPolicy.LAST)),
            run -> run.streams("abcdNEW").conflict(4));
        expect("own-13", run -> run.streams("OLDer").conflict(0));
        expectWith("own-14", new StreamContext().streamBytes(TWO_CHUNKS),
            run -> run.streams("[9]aa[8]bb").count(2, Counter.TCP_GAPS).count(17, Counter.TCP_GAP_BYTES)
                .count(2, Counter.TCP_STREAM_LIMIT_REACHED));
        expect("own-15", run -> run.streams("abcd").count(1, Counter.TCP_OUT_OF_WINDOW));
    }

    private void expect(final String id, final Consumer<Run> expectation) {
        expectWith(id, new StreamContext(), expectation);
    }

    private void expectWith(final String id, final StreamContext context, final Consumer<Run> expectation) {
        context.conclude();
        expectations.computeIfAbsent(id, key -> new ArrayList<>()).add(run -> {
            run.begin(context);
            expectation.accept(run);
        });
    }

    @TestFactory
    List<DynamicTest> shouldDoWhatIsRight() throws IOException {
        final Optional<Path> file = SharedFolder.find("vectors/scenarios.jsonl");
        assumeTrue(file.isPresent(), "SKIPPED: no vectors in a shared folder beside the checkout");
        final List<DynamicTest> tests = new ArrayList<>();
        int scenarios = 0;
        for (final String line : Files.readAllLines(file.get())) {
            final Map<String, Object> scenario = Json.object(line);
            if ("tcp_scenario".equals(scenario.get("kind"))) {
                scenarios++;
                for (final Consumer<Run> expectation : expectations.get(scenario.get("id"))) {
                    tests.add(DynamicTest.dynamicTest(scenario.get("id") + " " + scenario.get("name"),
                        () -> run((List<?>) scenario.get("steps"), expectation)));
                }
            }
        }
        assertEquals(expectations.size(), scenarios);
        return tests;
    }

    private static void run(final List<?> steps, final Consumer<Run> expectation) {
        final Run run = new Run(steps);
        try {
            expectation.accept(run);
        } finally {
            run.fixture.close();
        }
    }

    /** A scenario that was run. */
    private static final class Run {
        private final List<?> steps;
        private StreamFixture fixture;

        Run(final List<?> steps) {
            this.steps = steps;
        }

        /** Sends the segments; each acknowledges what came from the other side without a gap. */
        void begin(final StreamContext context) {
            fixture = new StreamFixture(context);
            final Map<String, Long> next = new LinkedHashMap<>();
            for (final Object item : steps) {
                final Map<?, ?> step = (Map<?, ?>) item;
                final String direction = (String) step.get("dir");
                final boolean fromClient = "c2s".equals(direction);
                final String flags = (String) step.get("flags");
                final String data = (String) step.get("data");
                final long sequence = ((Number) step.get("seq")).longValue();
                fixture.put(PacketBuilder.ethernet().ipv4(fromClient ? CLIENT : SERVER, fromClient ? SERVER : CLIENT)
                    .tcp(fromClient ? 40_000 : 80, fromClient ? 80 : 40_000).seq(sequence)
                    .ack(next.getOrDefault(fromClient ? "s2c" : "c2s", 0L)).flags(flags(flags)).payload(data).build());
                final long end = sequence + data.length() + (flags.contains("S") || flags.contains("F") ? 1 : 0);
                if (flags.contains("S") || next.getOrDefault(direction, sequence) == sequence) {
                    next.put(direction, end & 0xffff_ffffL);
                }
            }
        }

        private static int flags(final String letters) {
            return (letters.contains("S") ? TcpFlags.SYN : 0) | (letters.contains("A") ? TcpFlags.ACK : 0)
                | (letters.contains("F") ? TcpFlags.FIN : 0) | (letters.contains("R") ? TcpFlags.RST : 0);
        }

        Run streams(final String... texts) {
            assertEquals(List.of(texts), fixture.recorder.streams.stream().map(RecordedStream::text).toList());
            return this;
        }

        Run pieces(final int count) {
            assertEquals(count, fixture.recorder.streams.get(0).pieces.size());
            return this;
        }

        Run end() {
            fixture.endAll();
            return this;
        }

        Run count(final long expected, final Counter counter) {
            assertEquals(expected, fixture.count(counter), counter.label());
            return this;
        }

        /** Two copies of the bytes at a place were reported as different. */
        Run conflict(final long streamOffset) {
            final StreamFixture.Found found = fixture.anomalies.stream()
                .filter(anomaly -> anomaly.anomaly() == Anomaly.STREAM_OVERLAP_DIFFERENT_DATA).findFirst()
                .orElseThrow(() -> new AssertionError("no conflict among " + fixture.anomalies));
            assertEquals(streamOffset, found.streamOffset());
            assertEquals(3, found.length());
            assertTrue(found.keptHash() != found.refusedHash() && found.keptHash() != 0, found.toString());
            return count(1, Counter.TCP_SEGMENTS_DIFFERING);
        }
    }
}
