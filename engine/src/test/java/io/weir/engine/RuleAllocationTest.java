package io.weir.engine;

import static io.weir.rule.TestContent.content;
import static io.weir.rule.TestRule.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.event.PacketEvent;
import io.weir.rule.action.ActionContext;
import io.weir.rule.alert.AlertContext;
import io.weir.rule.alert.AlertWriter;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.detect.DetectedTrace;
import io.weir.rule.detect.MatchListener;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Effect;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Rule;
import io.weir.rule.model.Step;
import io.weir.rule.model.Transform;
import io.weir.rule.model.Value;
import io.weir.rule.pattern.PatternLibrary;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Test;

/** Asking rules allocates nothing, once as many flows as there are at a time have been seen. */
final class RuleAllocationTest {
    private static final int ROUNDS = 3_000;
    private static final long ALLOWED_BYTES = 64 * 1024;

    private static List<Rule> rules() {
        final Step.Reading reading = new Step.Reading(Value.of(1), Value.of(0), true, 0, false, false, -1);
        return List.of(
            rule(1).udp().payload(content("needle").step(), content("x").distance(0).step()).build(),
            rule(2).tcp().payload(content("GET").step(), content("host").nocase().distance(0).step()).build(),
            rule(3).request("http.uri", content("/index").startsWith().step(),
                new Step.Match("index\\.\\w+$", "i", false, false, List.of())).build(),
            rule(4).transformed("http.host", Buffer.Side.TO_SERVER, Transform.Kind.TO_UPPERCASE,
                content("EXAMPLE").step()).build(),
            rule(5).response("http.status", new Step.Amount(NumberSet.of(200))).build(),
            rule(6).udp().set("seen").payload(content("need").step(),
                new Step.ByteTest(reading, false, Step.Operator.EQUAL, Value.of('l'))).build(),
            rule(7).udp().oncePerFlow().ifSet("seen").build(),
            rule(8).tcp().payload(new Step.Match("(a|b)+c|Host: \\w+", "", false, false, List.of())).build());
    }

    private static List<TimedFrame> frames() {
        final DetectedTrace trace = new DetectedTrace();
        for (int i = 0; i < ROUNDS; i++) {
            // two seconds for each round, so that flows end and others take their places
            trace.later(2).connect(20_000 + i % 20_000, 80)
                .says(true, "GET /index.html HTTP/1.1\r\nHost: www.example.org\r\n\r\n")
                .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                .udp(true, 20_000 + i % 20_000, 9, "a needle x").udp(false, 20_000 + i % 20_000, 9, "an answer");
        }
        return trace.frames();
    }

    @Test
    void shouldAllocateNothingWhileRulesAreAsked() throws Exception {
        shouldAllocateNothing(rules(), MatchListener.NONE);
    }

    @Test
    void shouldAllocateNothingWhileFlowsAreCapturedTaggedAndLabelled() throws Exception {
        final AlertContext alerts = new AlertContext().actions(new ActionContext().memory(1 << 20)).conclude();
        final Effect.Tag tag = new Effect.Tag(false, true, 10, Effect.Tag.Unit.PACKETS);
        final Effect.Tag host = new Effect.Tag(true, true, 10, Effect.Tag.Unit.PACKETS);
        final long captured = shouldAllocateNothing(List.of(
            rule(1).udp().payload(content("needle").step()).effect(new Effect.Capture())
                .effect(new Effect.Label("odd")).build(),
            rule(2).tcp().payload(content("GET").step()).effect(tag).effect(host)
                .effect(new Effect.Capture()).build(),
            rule(3).request("http.uri", content("/index").step()).effect(new Effect.Label("asked")).build()),
            (worker, flows, classifier, events, counters) ->
                new AlertWriter(alerts, flows, classifier, events, counters));
        // each round has 7 frames: those of the connection and the two datagrams
        assertEquals(7 * ROUNDS, captured);
    }

    private static void shouldAllocateNothing(final List<Rule> rules, final MatchListener listener) throws Exception {
        shouldAllocateNothing(rules, (worker, flows, classifier, events, counters) -> listener);
    }

    /** Answers how many packets were captured. */
    private static long shouldAllocateNothing(final List<Rule> rules, final MatchListenerFactory listeners)
        throws Exception {
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final List<TimedFrame> frames = new ArrayList<>(frames());
        final RuleCompiler compiler = new RuleCompiler(PatternLibrary.choose(PatternLibrary.Choice.JAVA));
        final Captured captured = new Captured();
        long allocated = 0;
        long measured = 0;
        try (ActiveRules active = new ActiveRules(compiler.compile(rules));
            MemorySource source = new MemorySource(frames, 4, 16, false);
            Engine engine = new Engine(new EngineContext().source(source).latency(false).output(captured)
                .rules(active, listeners).conclude())) {
            final Agent agent = engine.inspectingAgents().get(0);
            boolean ended = false;
            while (!ended) {
                final long matches = matches(engine);
                final long before = threads.getCurrentThreadAllocatedBytes();
                try {
                    for (int i = 0; i < 64; i++) {
                        agent.doWork();
                    }
                } catch (final AgentTerminationException e) {
                    ended = true;
                }
                final long after = threads.getCurrentThreadAllocatedBytes();
                if (!ended && engine.progress().counters().get(Counter.FRAMES_PROCESSED) > frames.size() / 2) {
                    allocated += after - before;
                    measured += matches(engine) - matches;
                }
                for (int i = 0; i < 10_000 && engine.aggregator().doWork() > 0; i++) {
                    Thread.onSpinWait();
                }
            }
        }
        assertTrue(measured > ROUNDS, "only " + measured + " matches were measured");
        assertTrue(allocated < ALLOWED_BYTES, allocated + " bytes for " + measured + " matches");
        return captured.packets;
    }

    private static long matches(final Engine engine) {
        return engine.progress().counters().get(Counter.RULE_MATCHES);
    }

    /** Counts packets. */
    private static final class Captured extends RecordList {
        private long packets;

        @Override
        public void packet(final PacketEvent event) {
            packets += (event.marks() & PacketEvent.CAPTURED) != 0 ? 1 : 0;
        }
    }
}
