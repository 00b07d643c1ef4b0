package io.weir.rule.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition.BufferCondition;
import io.weir.rule.model.Condition;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.RuleFault;
import io.weir.rule.model.Severity;
import io.weir.rule.model.Step.Content;
import io.weir.rule.model.Step.FastPattern;
import io.weir.rule.model.Step;
import io.weir.rule.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Content, its modifiers and expressions: what the smallest rules are read as. */
final class ContentKeywordsTest {
    private static Content content(final String options) {
        return (Content) Loaded.steps(options).get(0);
    }

    @Test
    void shouldReadEntropy() {
        assertEquals(new Step.Entropy(4, 100, 6.5, 8, false),
            Loaded.steps("tls.sni; entropy:bytes 100, offset 4, value >= 6.5;").get(0));
        assertEquals(new Step.Entropy(0, 0, 7.01, 7.01, false), Loaded.steps("tls.sni; entropy: 7.01;").get(0));
        assertEquals(new Step.Entropy(0, 0, 0, Math.nextDown(7.01), false),
            Loaded.steps("tls.sni; entropy: <7.01;").get(0));
        assertEquals(new Step.Entropy(0, 0, 4, 4, true), Loaded.steps("tls.sni; entropy:value != 4;").get(0));
        assertEquals(new Step.Entropy(0, 0, Math.nextUp(1.5), Math.nextDown(2.5), true),
            Loaded.steps("tls.sni; entropy:value !1.5-2.5;").get(0));
        for (final String wrong : List.of("entropy:bytes 1;", "entropy:value 8.1;", "entropy:valu 4;",
            "entropy:value >> 4;", "entropy:;", "entropy:bytes 1,,value >= 4;", "entropy:value >= 4,;",
            "entropy:bytes 1, bytes 2, value >= 4;", "entropy:offset 0, offset 0, value >= 4;",
            "entropy:value >= 4, value <= 6;", "entropy:4, value >= 4;")) {
            assertTrue(Loaded.fault("tls.sni; " + wrong) != null, wrong);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "content:\"abc\"; ~ 61 62 63",
        "content:abc; ~ 61 62 63",
        "content:\"a|0d 0A|b\"; ~ 61 0d 0a 62",
        "content:\"|0d0a|\"; ~ 0d 0a",
        "content:\"a\\;b\\:c\\\"d\\\\e\"; ~ 61 3b 62 3a 63 22 64 5c 65",
        "content:\"\u00e9\"; ~ c3 a9"})
    void shouldReadBytes(final String option, final String bytes) {
        assertEquals(bytes, content(option).bytes().toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "content:\"|22 2 22|\"; ~ pairs of hexadecimal digits",
        "content:\"|0d\"; ~ closing bar",
        "content:\"a\\n\"; ~ backslash",
        "content:\"\"; ~ 1 to 65535 bytes",
        "content:\"abc\"; depth:2; ~ no room",
        "content:\"abc\"; offset:1; distance:1; ~ one kind of both",
        "content:\"abc\"; startswith; offset:1; ~ startswith says",
        "content:\"abc\"; distance:length; ~ no number length was read",
        "nocase; ~ there is none",
        "content:\"abc\"; nocase:1; ~ takes no value"})
    void shouldSayWhatIsWrongWithContent(final String options, final String part) {
        final RuleFault fault = Loaded.fault(options);
        assertEquals(Severity.ERROR, fault.severity());
        assertTrue(fault.sentence().contains(part), fault::sentence);
    }

    @Test
    void shouldPlaceContent() {
        final Content absolute = content("content:\"abc\"; offset:2; depth:10; nocase; endswith;");
        assertEquals(Value.of(2), absolute.offset());
        assertEquals(Value.of(10), absolute.depth());
        assertTrue(absolute.noCase() && absolute.endsWith() && !absolute.isRelative());

        final Content relative = (Content) Loaded
            .steps("content:\"a\"; content:!\"BC\"; distance:-1; within:4; nocase;").get(1);
        assertEquals(Value.of(-1), relative.distance());
        assertEquals(Value.of(4), relative.within());
        assertTrue(relative.negated());
        assertArrayEquals("bc".getBytes(StandardCharsets.US_ASCII), relative.bytes().bytes());
        assertTrue(content("content:\"a\"; startswith;").startsWith());
    }

    @Test
    void shouldReadFastPatterns() {
        assertEquals(FastPattern.UNSAID, content("content:\"abc\";").fast());
        assertEquals(new FastPattern(true, false, 0, 0), content("content:\"abc\"; fast_pattern;").fast());
        assertEquals(new FastPattern(true, true, 0, 0), content("content:\"abc\"; fast_pattern:only;").fast());
        assertEquals(new FastPattern(true, false, 1, 2), content("content:\"abc\"; fast_pattern:1,2;").fast());
    }

    @Test
    void shouldMoveContentBehindWhichAnOldModifierStands() {
        final List<Condition> all = Loaded.conditions("content:\"p\"; content:\"GET\"; http_method; depth:3;");
        final BufferCondition payload = (BufferCondition) all.get(0);
        final BufferCondition method = (BufferCondition) all.get(1);
        assertEquals(Buffer.PAYLOAD, payload.buffer());
        assertEquals(1, payload.steps().size());
        assertEquals("http.method", method.buffer().name());
        assertEquals(Value.of(3), ((Content) method.steps().get(0)).depth());
    }

    @Test
    void shouldLookInANamedBufferUntilAnotherIsNamed() {
        final List<Condition> all =
            Loaded.conditions("http.method; content:\"GET\"; http.uri; content:\"a\"; pkt_data; content:\"p\";");
        assertEquals(List.of("payload", "http.method", "http.uri"),
            all.stream().map(condition -> ((BufferCondition) condition).buffer().name()).toList());
    }

    @Test
    void shouldAskOneBufferOnceThoughItIsNamedTwiceUnlessItHasInstances() {
        assertEquals(2, Loaded.steps("http.uri; content:\"a\"; http.uri; content:\"b\";").size());
        assertEquals(2, Loaded.conditions("dns.query; content:\"a\"; dns.query; content:\"b\";").size());
    }

    @Test
    void shouldReadPlacesAndLengths() {
        assertEquals(new Step.IsDataAt(Value.of(10), true, true),
            Loaded.steps("content:\"a\"; isdataat:!10,relative;").get(1));
        assertEquals(new Step.Length(NumberSet.between(11, 19)), Loaded.steps("http.uri; bsize:10<>20;").get(0));
        assertEquals(new Step.Length(NumberSet.between(0, 4)), Loaded.steps("urilen:<5;").get(0));
        assertEquals("http.uri.raw", Loaded.buffer("urilen:5,raw;").name());
        assertEquals(Severity.ERROR, Loaded.fault("bsize:10;").severity());
        for (final String size : List.of("2", "<3", "1<>3")) {
            assertTrue(Loaded.fault("http.uri; content:\"abc\"; bsize:" + size + ";").sentence().contains("too short"));
        }
        for (final String size : List.of("3", ">3", "!2", "1<>4")) {
            assertEquals(2, Loaded.steps("http.uri; content:\"abc\"; bsize:" + size + ";").size());
        }
        assertEquals(Severity.ERROR, Loaded.fault("http.uri;").severity());
    }

    @Test
    void shouldReadExpressions() {
        assertEquals(new Step.Match("^a.b$", "is", true, false, List.of()),
            Loaded.steps("pcre:!\"/^a.b$/is\";").get(0));
        assertEquals(new Step.Match("a/b", "", false, true, List.of()),
            Loaded.steps("content:\"x\"; pcre:\"/a/b/R\";").get(1));
        assertEquals("http.uri", Loaded.buffer("pcre:\"/a/U\";").name());
        final LoadedRules kept = Loaded.lines(
            "alert tcp any any -> any any (pcre:\"/(a)\\/x/s, flow:name, pkt:a/b\"; sid:1;)");
        final Condition.All all = (Condition.All) kept.rules().get(0).condition();
        assertEquals(List.of(new Step.Match("(a)\\/x", "s", false, false, List.of("flow_name", "pkt_a/b"))),
            ((BufferCondition) all.conditions().get(0)).steps());
        assertEquals(List.of(Severity.NOTE), kept.faults().stream().map(RuleFault::severity).toList());
        assertTrue(Loaded.fault("pcre:\"/a/k\";").sentence().contains("no flag k"));
        assertTrue(Loaded.fault("http.method; content:\"a\"; pcre:\"/a/U\";").sentence().contains("http.uri"));
    }

    @Test
    void shouldReadAbsence() {
        final Condition.Absent absent = (Condition.Absent) Loaded.condition("http.user_agent; absent;");
        assertEquals("http.user_agent", absent.buffer().name());
        final Condition.Absent or =
            (Condition.Absent) Loaded.condition("http.user_agent; absent:or_else; content:!\"a\";");
        assertEquals(1, or.orElse().steps().size());
        assertEquals(Severity.ERROR, Loaded.fault("http.user_agent; absent; content:\"a\";").severity());
    }
}
