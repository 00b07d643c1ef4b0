package io.weir.rule.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.engine.MemorySource;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.packet.Frame;
import io.weir.protocol.Protocol;
import io.weir.protocol.Transaction;
import io.weir.protocol.tls.Certificates;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.detect.MatchListener;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleFault;
import io.weir.rule.pattern.PatternLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules that come with weir: traffic that each is made for fires it, traffic that is nearly that does not. */
final class StarterPackTest {
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(60);

    static LoadedRules load(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return YamlRules.load(files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList(),
                YamlRulesTest.context());
        }
    }

    @Test
    void shouldLoadWithoutFaults() throws IOException {
        final LoadedRules loaded = load(RuleSchemaTest.config().resolve("rules"));
        assertEquals(List.of(), loaded.faults().stream().map(RuleFault::toString).toList());
        assertTrue(loaded.rules().size() >= 40, "rules: " + loaded.rules().size());
    }

    @Test
    void shouldSayWhatEachRuleIsAbout() throws IOException {
        for (final Rule rule : load(RuleSchemaTest.config().resolve("rules")).rules()) {
            assertTrue(rule.metadata().message().length() > 2, rule.id().toString());
            assertTrue(!rule.metadata().category().isEmpty(), rule.id().toString());
        }
    }

    @Test
    void shouldFireOnWhatItIsMadeForAndNotOnWhatIsNearlyThat(@TempDir final Path folder) throws Exception {
        final List<Rule> rules = load(withLists(folder)).rules();
        final Map<Long, StarterCases.Case> cases = StarterCases.all();
        final Map<Long, String> wrong = new TreeMap<>();
        for (final Rule rule : rules) {
            final StarterCases.Case tried = cases.get(rule.id().signature());
            if (tried == null) {
                wrong.put(rule.id().signature(), "nothing tries it");
                continue;
            }
            final long needed = rule.acrossFlows().stream()
                .mapToLong(part -> part instanceof AcrossFlows.Count count ? count.count() : 1).max().orElse(1);
            final long fired = matches(rules, tried.fires(), rule);
            final long missed = matches(rules, tried.misses(), rule);
            if (fired < needed || missed >= needed) {
                wrong.put(rule.id().signature(), "matches " + fired + " and " + missed + " times, asks for " + needed);
            }
        }
        assertEquals(Map.of(), wrong);
    }

    /** The pack with fingerprints of the traffic here in its lists. */
    private static Path withLists(final Path folder) throws IOException, GeneralSecurityException {
        final Path pack = RuleSchemaTest.config().resolve("rules");
        final Path lists = Files.createDirectory(folder.resolve("lists"));
        try (Stream<Path> files = Files.walk(pack)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(pack.relativize(file).toString()));
            }
        }
        Files.writeString(lists.resolve("ja3.txt"), hash("MD5", "771,4865-49199,0-10-11,29-23,0"
            .getBytes(StandardCharsets.US_ASCII)));
        Files.writeString(lists.resolve("hassh.txt"), hash("MD5", "curve25519-sha256;aes128-ctr;hmac-sha2-256;none"
            .getBytes(StandardCharsets.US_ASCII)));
        Files.writeString(lists.resolve("certificates.txt"), hash("SHA-1", Certificates.SERVER)
            .replaceAll("..(?=.)", "$0:"));
        return folder;
    }

    private static String hash(final String algorithm, final byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    }

    private static long matches(final List<Rule> rules, final List<TimedFrame> frames, final Rule wanted)
        throws IOException, InterruptedException {
        final Map<Long, Long> found = new ConcurrentHashMap<>();
        final PatternLibrary library = PatternLibrary.choose(PatternLibrary.Choice.JAVA);
        try (ActiveRules active = new ActiveRules(new RuleCompiler(library).compile(rules));
            MemorySource source = new MemorySource(frames, 8, 32, false);
            Engine engine = new Engine(new EngineContext().source(source).workers(1).latency(false)
                .rules(active, (worker, flows, classifier, events, counters) -> new Counting(found)).conclude())) {
            engine.start();
            assertTrue(engine.await(BOUND_NS), "the engine did not end");
        }
        return found.getOrDefault(wanted.id().signature(), 0L);
    }

    /** Counts matches. */
    private record Counting(Map<Long, Long> found) implements MatchListener {
        @Override
        public void matched(final RuleSet set, final int rule, final long flow, final Frame frame,
            final Transaction transaction, final Protocol protocol, final boolean toServer,
            final DirectBuffer payload, final int offset, final int length, final boolean fromStream, final long lost) {
            found.merge(set.rule(rule).id().signature(), 1L, Long::sum);
        }
    }
}
