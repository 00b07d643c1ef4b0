package io.weir.engine;

import static io.weir.rule.TestContent.content;
import static io.weir.rule.TestRule.rule;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.packet.Frame;
import io.weir.protocol.Protocol;
import io.weir.protocol.Transaction;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.detect.DetectedTrace;
import io.weir.rule.detect.MatchListener;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Rule;
import io.weir.rule.model.Step;
import io.weir.rule.model.Transform;
import io.weir.rule.model.Value;
import io.weir.rule.pattern.PatternLibrary;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Test;

/** Asking rules allocates nothing, once as many flows as there are at a time have been seen. */
final class RuleAllocationTest {
    private static final int ROUNDS = 3_000;
    private static final long ALLOWED_BYTES = 64 * 1024;

    /** Counts, and does nothing else. */
    private static final class Counting implements MatchListener {
        private long matches;

        @Override
        public void matched(final RuleSet set, final int rule, final long flow, final Frame frame,
            final Transaction transaction, final Protocol protocol, final boolean toServer,
            final DirectBuffer payload, final int offset, final int length, final boolean fromStream,
            final long missing) {
            matches++;
        }
    }

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
        final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final List<TimedFrame> frames = new ArrayList<>(frames());
        final Counting listener = new Counting();
        final RuleCompiler compiler = new RuleCompiler(PatternLibrary.choose(PatternLibrary.Choice.JAVA));
        long allocated = 0;
        long measured = 0;
        try (ActiveRules active = new ActiveRules(compiler.compile(rules()));
            MemorySource source = new MemorySource(frames, 4, 16, false);
            Engine engine = new Engine(new EngineContext().source(source).latency(false).output(new RecordList())
                .rules(active, (worker, flows, classifier, events, counters) -> listener).conclude())) {
            final Agent agent = engine.inspectingAgents().get(0);
            boolean ended = false;
            while (!ended) {
                final long matches = listener.matches;
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
                    measured += listener.matches - matches;
                }
                for (int i = 0; i < 10_000 && engine.aggregator().doWork() > 0; i++) {
                    Thread.onSpinWait();
                }
            }
        }
        assertTrue(measured > ROUNDS, "only " + measured + " matches were measured");
        assertTrue(allocated < ALLOWED_BYTES, allocated + " bytes for " + measured + " matches");
    }
}
