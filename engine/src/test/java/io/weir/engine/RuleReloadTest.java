package io.weir.engine;

import static io.weir.rule.TestContent.content;
import static io.weir.rule.TestRule.fieldOf;
import static io.weir.rule.TestRule.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.packet.Frame;
import io.weir.protocol.Protocol;
import io.weir.protocol.Transaction;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.detect.DetectedTrace;
import io.weir.rule.detect.MatchListener;
import io.weir.rule.model.Action;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternLibrary;
import io.weir.rule.signature.SignatureContext;
import io.weir.rule.signature.SignatureLoader;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules replaced while frames are worked on. */
final class RuleReloadTest {
    private final RuleCompiler compiler = new RuleCompiler(PatternLibrary.choose(PatternLibrary.Choice.JAVA));
    private final List<String> alerts = new ArrayList<>();
    private long memoryBefore;

    @BeforeEach
    void remember() {
        memoryBefore = NativeMemory.inUse();
    }

    @AfterEach
    void shouldLeakNothing() {
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    /** An engine that is stepped by hand, and its rules. */
    private final class Stepped implements AutoCloseable, MatchListener {
        private final MemorySource source;
        private final ActiveRules active;
        private final Engine engine;
        private final Agent agent;
        private long arrived;

        Stepped(final DetectedTrace trace, final RuleSet first) throws Exception {
            source = new MemorySource(trace.frames(), 8, 32, true);
            active = new ActiveRules(first, first.size() == 0);
            engine = new Engine(new EngineContext().source(source).latency(false)
                .rules(active, (worker, flows, classifier, events, counters) -> this).conclude());
            agent = engine.inspectingAgents().get(0);
        }

        void frames(final int count) throws Exception {
            source.arrive(count);
            arrived += count;
            for (int i = 0; i < 10_000 && engine.processedFrames() < arrived; i++) {
                try {
                    agent.doWork();
                } catch (final AgentTerminationException e) {
                    return;
                }
            }
        }

        @Override
        public void matched(final RuleSet set, final int rule, final long flow, final Frame frame,
            final Transaction transaction, final Protocol protocol, final boolean toServer,
            final DirectBuffer payload, final int offset, final int length, final boolean fromStream,
            final long missing) {
            alerts.add(set.rule(rule).id() + "@" + (frame == null ? 0 : frame.number));
        }

        @Override
        public void close() {
            engine.close();
            active.close();
            source.close();
        }
    }

    private RuleSet compile(final Rule... rules) {
        return compiler.compile(List.of(rules));
    }

    @Test
    void shouldGoOnWithTheRulesAStreamBeganWith() throws Exception {
        final RuleSet first = compile(rule(1).tcp().payload(content("needle").step()).build());
        final RuleSet second = compile(rule(2).tcp().payload(content("thread").step()).build());
        final DetectedTrace trace = new DetectedTrace().connect(4001, 9).says(true, "a nee")
            .says(true, "dle and a thread").connect(4002, 9).says(true, "needle, thread")
            .says(true, "not let in");
        try (Stepped stepped = new Stepped(trace, first)) {
            stepped.frames(4);
            stepped.active.replace(second);
            stepped.frames(5);
            assertEquals(List.of("1@5", "2@9"), alerts);
            assertFalse(first.isFreed(), "a stream uses it");
        }
        assertTrue(first.isFreed());
        assertTrue(second.isFreed());
    }

    @Test
    void shouldAskRulesThatComeLaterOfStreamsThatHaveBegunAndCountWhatCameBefore() throws Exception {
        final RuleSet rules = compile(rule(1).tcp().payload(content("needle").step()).build(),
            rule(2).udp().payload(content("needle").step()).build());
        final DetectedTrace trace = new DetectedTrace().connect(4001, 9).says(true, "a needle")
            .udp(true, 1, 2, "needle").says(true, "a needle").udp(true, 1, 2, "needle")
            .connect(4002, 9).says(true, "needle");
        try (Stepped stepped = new Stepped(trace, compile())) {
            stepped.frames(5);
            assertEquals(5, stepped.engine.progress().counters().get(Counter.FRAMES_BEFORE_RULES));
            stepped.active.replace(rules);
            stepped.frames(6);
            assertEquals(List.of("1@6", "2@7", "1@11"), alerts);
            assertEquals(5, stepped.engine.progress().counters().get(Counter.FRAMES_BEFORE_RULES));
            assertFalse(rules.isFreed());
        }
        assertTrue(rules.isFreed());
    }

    @Test
    void shouldLookAtStreamsThatRunWhenRulesAboutStreamsFirstCome() throws Exception {
        final RuleSet none = compile(rule(1).udp().payload(content("needle").step()).build());
        final RuleSet rules = compile(rule(2).tcp().payload(content("needle").step()).build());
        final DetectedTrace trace = new DetectedTrace().connect(4001, 9).says(true, "a needle, a nee")
            .says(true, "dle").says(false, "needle").says(true, "nee").says(true, "dle");
        try (Stepped stepped = new Stepped(trace, none)) {
            stepped.frames(4);
            stepped.active.replace(rules);
            stepped.frames(4);
            assertEquals(List.of("2@6", "2@8"), alerts);
            assertTrue(none.isFreed(), "nothing of the stream was kept with it");
        }
        assertTrue(rules.isFreed());
    }

    private RuleSet signature(final String options) {
        return compiler.compile(new SignatureLoader(new SignatureContext()).load("test.rules",
            List.of("alert http any any -> any any (" + options + ")")).rules());
    }

    private RuleSet signatures(final String... lines) {
        return compiler.compile(new SignatureLoader(new SignatureContext()).load("test.rules", List.of(lines)).rules());
    }

    @Test
    void shouldAskRulesThatNameThePortsOfFlowsThatRun() throws Exception {
        final RuleSet first = signatures("alert udp any any -> any 99 (content:\"needle\"; sid:1;)");
        final RuleSet second = signatures("alert udp any any -> any 53 (content:\"needle\"; sid:2;)",
            "alert tcp any any -> any 9 (dsize:<7; flags:PA; sid:3;)",
            "alert tcp any 9 -> any any (content:\"needle\"; offset:1; depth:10; sid:4;)");
        final DetectedTrace trace = new DetectedTrace().connect(4001, 9).says(true, "a needle")
            .udp(true, 1, 53, "needle").udp(true, 1, 53, "needle").says(true, "needle").says(false, "a needle")
            .udp(true, 2, 99, "needle").udp(true, 2, 53, "needle");
        try (Stepped stepped = new Stepped(trace, first)) {
            stepped.frames(5);
            stepped.active.replace(second);
            stepped.frames(5);
            assertEquals(List.of("2@6", "3@7", "4@8", "2@10"), alerts);
        }
    }

    @Test
    void shouldLookAtPayloadOfFlowsThatRanWhileRulesAskedForFieldsAlone() throws Exception {
        for (final String host : List.of("loud", "calm")) {
            final RuleSet fields = compile(rule(1).oncePerFlow()
                .where(fieldOf("http.host", Buffer.Side.EITHER, content("loud").step())).build());
            assertFalse(fields.watchesStreams());
            final RuleSet payload = compile(rule(2).tcp().payload(content("needle").step()).build());
            final DetectedTrace trace = new DetectedTrace().connect(4001, 80)
                .says(true, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .says(false, "HTTP/1.1 204 No Content\r\n\r\n")
                .says(true, "GET /needle HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                .connect(4002, 80).says(true, "GET /needle HTTP/1.1\r\nHost: b\r\n\r\n");
            alerts.clear();
            try (Stepped stepped = new Stepped(trace, fields)) {
                stepped.frames(5);
                stepped.active.replace(payload);
                stepped.frames(5);
            }
            assertEquals(host.equals("loud") ? List.of("1@5", "2@6", "2@10") : List.of("2@6", "2@10"), alerts);
        }
    }

    private static DetectedTrace twoMessages() {
        return new DetectedTrace().connect(4001, 80)
            .says(true, "POST / HTTP/1.1\r\nHost: a\r\nUser-Agent: one\r\nReferer: r\r\nContent-Length: 4\r\n\r\n")
            .says(true, "data").says(false, "HTTP/1.1 204 No Content\r\n\r\n")
            .says(true, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\ndata");
    }

    @Test
    void shouldNotAskMessagesWhoseHeadWasNotToldWhenRulesCame() throws Exception {
        final RuleSet absent = signature("http.user_agent; absent; sid:1;");
        final DetectedTrace trace = twoMessages();
        try (Stepped stepped = new Stepped(trace, compile())) {
            stepped.frames(4);
            stepped.active.replace(absent);
            stepped.frames(3);
            assertEquals(List.of("1@7"), alerts);
            assertEquals(2, stepped.engine.progress().counters().get(Counter.RULE_MESSAGES_UNDER_WAY));
        }
    }

    @Test
    void shouldNotAskMessagesOfWhichRulesThatComeLookAtMore() throws Exception {
        final DetectedTrace trace = twoMessages();
        try (Stepped stepped = new Stepped(trace, signature("http.user_agent; absent; sid:1;"))) {
            stepped.frames(4);
            stepped.active.replace(signature("http.accept; content:!\"x\"; http.connection; absent; flow:to_server; "
                + "sid:2;"));
            stepped.frames(3);
            assertEquals(2, stepped.engine.progress().counters().get(Counter.RULE_MESSAGES_UNDER_WAY));
            assertEquals(List.of(), alerts);
        }
    }

    @Test
    void shouldGoOnAskingMessagesThatRulesThatComeLookAtNoMoreOf() throws Exception {
        final DetectedTrace trace = twoMessages();
        try (Stepped stepped = new Stepped(trace, signature("http.user_agent; content:!\"x\"; sid:1;"))) {
            stepped.frames(4);
            stepped.active.replace(signature("http.user_agent; content:!\"y\"; sid:2;"));
            stepped.frames(3);
            assertEquals(List.of("2@5"), alerts);
            assertEquals(0, stepped.engine.progress().counters().get(Counter.RULE_MESSAGES_UNDER_WAY));
        }
    }

    @Test
    void shouldFreeRulesThatNoStreamUses() throws Exception {
        final RuleSet first = compile(rule(1).udp().payload(content("needle").step()).build());
        final RuleSet second = compile(rule(2).udp().payload(content("needle").step()).build());
        final DetectedTrace trace = new DetectedTrace().udp(true, 1, 2, "needle").udp(true, 1, 2, "needle");
        try (Stepped stepped = new Stepped(trace, first)) {
            stepped.frames(1);
            stepped.active.replace(second);
            assertFalse(first.isFreed(), "the worker has not passed yet");
            stepped.frames(1);
            assertTrue(first.isFreed());
            assertEquals(List.of("1@1", "2@2"), alerts);
        }
    }

    @Test
    void shouldFreeRulesAfterAMinuteEvenIfStreamsUseThem() throws Exception {
        final RuleSet first = compile(rule(1).tcp().payload(content("needle").step()).build());
        final RuleSet second = compile(rule(2).tcp().payload(content("thread").step()).build());
        final DetectedTrace trace = new DetectedTrace().connect(4001, 9).says(true, "a nee").says(true, "more");
        for (int i = 0; i < 70; i++) {
            trace.later(1).says(true, "thr").says(false, "still here");
        }
        trace.says(true, " needle thread");
        try (Stepped stepped = new Stepped(trace, first)) {
            stepped.frames(4);
            stepped.active.replace(second);
            stepped.frames(1);
            assertFalse(first.isFreed());
            stepped.frames(141);
            assertTrue(first.isFreed());
            assertEquals(List.of("2@146"), alerts);
        }
    }

    @Test
    void shouldKeepBitsOfFlows() throws Exception {
        final Rule sets = rule(1).udp().action(Action.SILENT).set("seen").payload(content("first").step()).build();
        final RuleSet first = compile(sets);
        final RuleSet second = compile(rule(7).udp().ifSet("other").payload(content("x").step()).build(),
            rule(2).udp().ifSet("seen").payload(content("second").step()).build());
        final DetectedTrace trace = new DetectedTrace().udp(true, 1, 2, "first").udp(true, 1, 2, "second");
        try (Stepped stepped = new Stepped(trace, first)) {
            stepped.frames(1);
            stepped.active.replace(second);
            stepped.frames(1);
            assertEquals(List.of("2@2"), alerts);
        }
    }
}
