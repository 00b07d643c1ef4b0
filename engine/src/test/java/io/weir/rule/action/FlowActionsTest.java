package io.weir.rule.action;

import static io.weir.rule.TestContent.content;
import static io.weir.rule.TestRule.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.packet.PacketBuilder;
import io.weir.rule.detect.DetectedTrace;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Action;
import io.weir.rule.model.Effect;
import io.weir.rule.model.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of packets and records of flows that rules capture, tag and label. */
final class FlowActionsTest {
    private static final int FLOWS = 12;
    private static final int ROUNDS = 6;
    private static final int PORT = 9;

    @TempDir
    private Path directory;

    /** Flows whose frames alternate; in the fourth of every second one is what rules look for. */
    private static List<TimedFrame> alternating() {
        final DetectedTrace trace = new DetectedTrace();
        for (int round = 0; round < ROUNDS; round++) {
            for (int flow = 0; flow < FLOWS; flow++) {
                trace.udp(round % 2 == 0, 20_000 + flow, PORT,
                    "round " + round + (round == 3 && flow % 2 == 0 ? " evil" : " fine"));
            }
        }
        return trace.frames();
    }

    /** Frames of a flow of {@link #alternating}, from one round on. */
    private static List<String> framesOf(final List<TimedFrame> frames, final int flow, final int from, final int to) {
        return IntStream.range(from, to).mapToObj(round -> ActedTrace.text(frames.get(round * FLOWS + flow))).toList();
    }

    private static Rule capturing() {
        return rule(1).udp().payload(content("evil").step()).effect(new Effect.Capture()).build();
    }

    /** Frames of all files, in the order of their first. */
    private static List<List<String>> contents(final ActedTrace trace) throws IOException {
        final List<List<String>> found = new ArrayList<>();
        for (final Path file : trace.captureFiles()) {
            found.add(ActedTrace.framesOf(file));
        }
        found.sort((left, right) -> left.get(0).compareTo(right.get(0)));
        return found;
    }

    private static List<List<String>> expected(final List<TimedFrame> frames, final int from, final int to) {
        return IntStream.range(0, FLOWS).filter(flow -> flow % 2 == 0)
            .mapToObj(flow -> framesOf(frames, flow, from, to)).toList();
    }

    private ActedTrace trace(final String name, final List<TimedFrame> frames) throws IOException {
        return new ActedTrace(Files.createDirectory(directory.resolve(name)), frames);
    }

    @Test
    void shouldWriteAllFramesOfCapturedFlowsAndNoOthers() throws Exception {
        final List<TimedFrame> frames = alternating();
        final long memory = NativeMemory.inUse();
        final ActedTrace acted = trace("one", frames).run(capturing());
        assertEquals(expected(frames, 0, ROUNDS), contents(acted));
        assertEquals(FLOWS / 2, acted.count(Counter.CAPTURE_FILES));
        assertEquals("rw-------", PosixFilePermissions.toString(
            Files.getPosixFilePermissions(acted.captureFiles().get(0))));
        final List<String> alerts = acted.records("\"event_type\":\"alert\"");
        assertEquals(FLOWS / 2, alerts.size());
        for (final Path file : acted.captureFiles()) {
            assertEquals(1, acted.records("\"capture_file\":\"" + file.getFileName() + "\"").size());
        }
        assertEquals(memory, NativeMemory.inUse(), "native memory is left");
    }

    @Test
    void shouldWriteTheSameFilesWithAnyNumberOfWorkers() throws Exception {
        final List<TimedFrame> frames = alternating();
        final Map<String, String> one = trace("one", frames).run(capturing()).bytes();
        assertEquals(FLOWS / 2, one.size());
        assertEquals(one, trace("two", frames).workers(2).run(capturing()).bytes());
        assertEquals(one, trace("four", frames).workers(4).run(capturing()).bytes());
    }

    @Test
    void shouldCaptureForRulesWithoutAlerts() throws Exception {
        final List<TimedFrame> frames = alternating();
        final ActedTrace acted = trace("one", frames).run(rule(1).udp().payload(content("evil").step())
            .action(Action.SILENT).effect(new Effect.Capture()).build());
        assertEquals(expected(frames, 0, ROUNDS), contents(acted));
        assertEquals(0, acted.count(Counter.ALERTS));
    }

    @Test
    void shouldCaptureTransactionsThatMatchWhenTheirFlowEnds() throws Exception {
        final DetectedTrace frames = new DetectedTrace().connect(1, 2).says(true, "GET / HTTP/1.1\r\n\r\n")
            .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok");
        final ActedTrace acted = trace("one", frames.frames()).run(
            rule(1).request("http.uri", content("/").step()).effect(new Effect.Capture()).build());
        assertEquals(List.of(frames.frames().stream().map(ActedTrace::text).toList()), contents(acted));
    }

    @Test
    void shouldKeepFilesWholeThatAreClosedInBetween() throws Exception {
        final List<TimedFrame> frames = alternating();
        final ActedTrace acted = trace("one", frames).files(1_000, 1).run(capturing());
        assertEquals(expected(frames, 0, ROUNDS), contents(acted));
    }

    @Test
    void shouldLeaveOutFlowsBeyondTheNumberOfFiles() throws Exception {
        final List<TimedFrame> frames = alternating();
        final ActedTrace acted = trace("one", frames).files(2, 64).run(capturing());
        assertEquals(expected(frames, 0, ROUNDS).subList(0, 2), contents(acted));
        assertEquals(2, acted.count(Counter.CAPTURE_FILES));
        assertEquals(FLOWS / 2 - 2, acted.count(Counter.CAPTURE_FILES_LEFT_OUT));
        assertEquals(2, acted.records("\"capture_file\"").size());
    }

    @Test
    void shouldLeaveOutFramesBeyondTheBytesOfAFlow() throws Exception {
        final List<TimedFrame> frames = alternating();
        final long four = 4L * frames.get(0).bytes().length;
        final ActedTrace acted = trace("one", frames).limits(new ActionContext().bytesPerFlow(four)).run(capturing());
        assertEquals(expected(frames, 0, 4), contents(acted));
        assertEquals(2 * FLOWS / 2, acted.count(Counter.CAPTURED_FRAMES_LEFT_OUT));
        final ActedTrace three = trace("three", frames).limits(new ActionContext().bytesPerFlow(four * 3 / 4))
            .run(capturing());
        assertEquals(expected(frames, 1, 4), contents(three));
    }

    @Test
    void shouldBeginWithTheOldestFrameThatIsStillKept() throws Exception {
        final DetectedTrace trace = new DetectedTrace();
        final List<Integer> own = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            if (i % 100 == 0) {
                own.add(trace.frames().size());
                trace.udp(true, 1, PORT, "fine " + i);
            }
            trace.udp(true, 20_000 + i % 50, PORT, "x".repeat(1_000));
        }
        own.add(trace.frames().size());
        trace.udp(false, 1, PORT, "evil");
        final ActedTrace acted =
            trace("one", trace.frames()).limits(new ActionContext().memory(1 << 20)).run(capturing());
        final List<String> all = own.stream().map(trace.frames()::get).map(ActedTrace::text).toList();
        final List<String> written = contents(acted).get(0);
        assertTrue(written.size() >= 9 && written.size() < 12, written.size() + " of " + all.size());
        assertEquals(all.subList(all.size() - written.size(), all.size()), written);
    }

    @Test
    void shouldCaptureOnlyWhereConditionsAcrossFlowsHold() throws Exception {
        final List<TimedFrame> frames = alternating();
        final ActedTrace acted = trace("one", frames).run(rule(1).udp().payload(content("evil").step())
            .effect(new Effect.Capture())
            .across(new AcrossFlows.DetectionFilter(AcrossFlows.Key.Part.RULE, 3, 60)).build());
        assertEquals(expected(frames, 0, ROUNDS).subList(3, FLOWS / 2), contents(acted));
        assertEquals(3 * ROUNDS, acted.count(Counter.CAPTURED_FRAMES_WITHHELD));
    }

    @Test
    void shouldNeverWriteOverWhatIsThere() throws Exception {
        final List<TimedFrame> frames = alternating();
        final ActedTrace acted = trace("one", frames).run(capturing());
        final Path victim = Files.writeString(directory.resolve("victim"), "mine");
        final Path linked = acted.captureFiles().get(0);
        Files.delete(linked);
        Files.createSymbolicLink(linked, victim);
        acted.run(capturing());
        assertEquals("mine", Files.readString(victim));
        assertEquals(FLOWS / 2, acted.count(Counter.CAPTURE_FILES_DAMAGED));
    }

    @Test
    void shouldLabelFlowsAndTheirAlerts() throws Exception {
        final ActedTrace acted = trace("one", alternating()).run(
            rule(1).udp().payload(content("evil").step()).effect(new Effect.Label("odd"))
                .effect(new Effect.Label("very \"odd\"")).effect(new Effect.Label("odd")).build(),
            rule(2).udp().payload(content("round 4").step()).effect(new Effect.Label("late")).build());
        assertEquals(FLOWS / 2, acted.records("\"labels\":[\"odd\",\"very \\\"odd\\\"\",\"late\"]}").stream()
            .filter(line -> line.contains("\"event_type\":\"flow\"")).count());
        assertEquals(FLOWS / 2, acted.records("\"labels\":[\"late\"]}").stream()
            .filter(line -> line.contains("\"event_type\":\"flow\"")).count());
        assertEquals(FLOWS / 2,
            acted.records("\"metadata\":{\"labels\":[\"odd\",\"very \\\"odd\\\"\"]},").size());
    }

    @Test
    void shouldKeepABoundedNumberOfLabels() throws Exception {
        final List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rules.add(rule(10 + i).udp().payload(content("evil").step()).action(Action.SILENT)
                .effect(new Effect.Label("label " + i)).build());
        }
        final ActedTrace acted = trace("one", alternating()).run(rules.toArray(new Rule[0]));
        assertEquals(FLOWS / 2, acted.records("\"label 7\"]").size());
        assertEquals(2 * FLOWS / 2, acted.count(Counter.RULE_ACTIONS_REFUSED));
    }

    private List<String> tagged(final String name, final long count, final Effect.Tag.Unit unit) throws Exception {
        final DetectedTrace trace = new DetectedTrace().udp(true, 1, PORT, "evil").udp(true, 3, PORT, "other");
        for (int i = 0; i < 6; i++) {
            trace.later(1).udp(i % 2 == 0, 1, PORT, "more");
        }
        return trace(name, trace.frames()).run(rule(1).udp().payload(content("evil").step())
            .effect(new Effect.Tag(false, true, count, unit)).build()).records("\"event_type\":\"packet\"");
    }

    @Test
    void shouldWritePacketsThatFollowATag() throws Exception {
        final List<String> packets = tagged("packets", 4, Effect.Tag.Unit.PACKETS);
        assertEquals(3, packets.size());
        assertTrue(packets.get(0).contains("\"src_port\":1,"), packets.get(0));
        assertTrue(packets.get(1).contains("\"src_port\":9,"), packets.get(1));
        assertTrue(packets.get(0).contains("\"packet_info\":{\"linktype\":1}"), packets.get(0));
        assertFalse(packets.get(0).contains("\"packet\":\"\""), packets.get(0));
        assertEquals(2, tagged("seconds", 2, Effect.Tag.Unit.SECONDS).size());
        assertEquals(1, tagged("bytes", 100, Effect.Tag.Unit.BYTES).size());
    }

    /** Packets of the client's host in all its flows, and one between others. */
    private List<String> taggedHost(final String name, final boolean source, final long count,
        final Effect.Tag.Unit unit) throws Exception {
        final DetectedTrace trace = new DetectedTrace().udp(true, 1, PORT, "evil").udp(true, 3, PORT, "other");
        for (int i = 0; i < 6; i++) {
            trace.later(1).udp(i % 2 == 0, 10 + i, PORT, "more");
            trace.frame(PacketBuilder.ethernet().ipv4("10.9.0.1", "10.2.0.1").udp(5, PORT).payload("fine"));
            trace.frame(PacketBuilder.ethernet().ipv4("10.9.0.1", "10.9.0.2").udp(5, PORT).payload("fine"));
        }
        return trace(name, trace.frames()).run(rule(1).udp().payload(content("evil").step())
            .effect(new Effect.Tag(true, source, count, unit)).build()).records("\"event_type\":\"packet\"");
    }

    @Test
    void shouldWritePacketsOfAllFlowsOfATaggedHost() throws Exception {
        final List<String> packets = taggedHost("source", true, 4, Effect.Tag.Unit.PACKETS);
        assertEquals(3, packets.size());
        assertTrue(packets.get(0).contains("\"src_port\":3,"), packets.get(0));
        assertTrue(packets.get(1).contains("\"src_port\":10,"), packets.get(1));
        assertTrue(packets.get(2).contains("\"dest_port\":11,"), packets.get(2));
        assertEquals(1 + 2, taggedHost("seconds", true, 2, Effect.Tag.Unit.SECONDS).size());
        assertEquals(1 + 6 + 6, taggedHost("destination", false, 256, Effect.Tag.Unit.PACKETS).size());
    }

    @Test
    void shouldCopyNoFrameWithoutARuleThatCaptures() throws Exception {
        final ActedTrace acted = trace("one", alternating()).run(rule(1).udp().payload(content("evil").step())
            .effect(new Effect.Label("odd")).build());
        assertEquals(List.of(), acted.captureFiles());
        assertEquals(FLOWS / 2, acted.count(Counter.ALERTS));
    }
}
