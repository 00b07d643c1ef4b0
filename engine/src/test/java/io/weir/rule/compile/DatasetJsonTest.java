package io.weir.rule.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.match.ValueSet;
import io.weir.rule.model.Dataset;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.signature.SignatureContext;
import io.weir.rule.signature.SignatureLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets from JSON. */
final class DatasetJsonTest {
    @TempDir
    private Path folder;

    private List<String> values(final Dataset.Json json, final Dataset.Type type, final String text)
        throws IOException {
        final Path file = Files.writeString(folder.resolve("list.json"), text);
        final ValueSet set = new Datasets().of(new Dataset("a", type, file, null, 0, 10_000, null, json));
        return Arrays.stream(set.values()).map(value -> new String(value, StandardCharsets.UTF_8)).sorted().toList();
    }

    private String fault(final Dataset.Json json, final Dataset.Type type, final String text) {
        return assertThrows(IllegalArgumentException.class, () -> values(json, type, text)).getMessage()
            .replace(folder.resolve("list.json").toString(), "LIST");
    }

    private static Dataset.Json in(final String value, final String... array) {
        return new Dataset.Json(false, List.of(value.split("\\.")), List.of(array));
    }

    private static Dataset.Json lines(final String value) {
        return new Dataset.Json(true, List.of(value.split("\\.")), List.of());
    }

    @Test
    void shouldReadAKeyOfEachObjectInAnArray() throws IOException {
        final String text = """
            {"time": "now", "response": {"n": [1], "threats": [
            {"host": "one.example", "origin": {"host": "not this"}},
            {"origin": "x"}, 7, ["host"],
            {"host": "\\u00e9"}]}, "more": {}}""";
        assertEquals(List.of("one.example", "\u00e9"),
            values(in("host", "response", "threats"), Dataset.Type.STRING, text));
        assertEquals(List.of("not this"),
            values(in("origin.host", "response", "threats"), Dataset.Type.STRING, text));
        assertEquals(List.of("5"), values(in("n"), Dataset.Type.STRING, "[{\"n\": 5}]"));
    }

    @Test
    void shouldReadAKeyOfEachLine() throws IOException {
        assertEquals(List.of("a", "b"), values(lines("host"), Dataset.Type.STRING,
            "{\"host\": \"a\", \"n\": [{}]}\n\n{\"host\": \"b\"}\n{\"n\": 1}\n"));
        assertEquals(2, values(lines("ip"), Dataset.Type.IP,
            "{\"ip\": \"10.0.0.1\"}\n{\"ip\": \"2001:db8::1\"}")
            .size());
    }

    @Test
    void shouldSayWhereAFileIsWrong() {
        assertEquals("LIST:2: no ip value: x", fault(lines("ip"), Dataset.Type.IP,
            "{\"ip\": \"10.0.0.1\"}\n{\"ip\": \"x\"}"));
        assertEquals("LIST:2: no object from here on has the key host: correct the file, or value_key",
            fault(in("host"), Dataset.Type.STRING, "\n[{},\n{}]"));
        assertEquals("LIST:1: no object from here on has the key host: correct the file, or value_key",
            fault(lines("host"), Dataset.Type.STRING, "{}\n{}"));
        assertEquals("LIST:2: no array a.b: correct the file, or array_key", fault(in("host", "a", "b"),
            Dataset.Type.STRING, "{\"a\":\n{\"b\": {}}}"));
        assertEquals("LIST:3: no array: correct the file, or array_key", fault(in("host"), Dataset.Type.STRING,
            "\n\n{}"));
        assertEquals("LIST:1: no array: correct the file, or array_key", fault(in("host"), Dataset.Type.STRING, ""));
        assertTrue(fault(in("host"), Dataset.Type.STRING, "[{\"host\":\n \"x\"").startsWith("LIST:2: no JSON: "));
        assertTrue(fault(lines("host"), Dataset.Type.STRING, "host").startsWith("LIST:1: no JSON: "));
        final String deep = fault(in("host"), Dataset.Type.STRING, "[\n\n" + "[".repeat(5000));
        assertTrue(deep.startsWith("LIST:3: no JSON: "), deep);
    }

    @Test
    void shouldNotPassOverWhatStandsBehindTheArray() throws IOException {
        assertEquals("LIST:2: something stands behind the list: correct the file, or take format jsonline",
            fault(in("host"), Dataset.Type.STRING, "[{\"host\": \"a\"}]\n[{\"host\": \"b\"}]"));
        assertEquals("LIST:2: something stands behind the list: correct the file, or take format jsonline",
            fault(in("host", "a"), Dataset.Type.STRING, "{\"a\": [{\"host\": \"a\"}], \"b\": [{}]}\n{}"));
        assertTrue(fault(in("host"), Dataset.Type.STRING, "[{\"host\": \"a\"}]\n x").startsWith("LIST:2: no JSON: "));
        assertTrue(fault(in("host", "a"), Dataset.Type.STRING, "{\"a\": [{\"host\": \"a\"}]")
            .startsWith("LIST:1: no JSON: "));
        assertEquals(List.of("a"), values(in("host", "a"), Dataset.Type.STRING,
            "{\"a\": [{\"host\": \"a\"}], \"b\": [{}]}\n"));
    }

    @Test
    void shouldShowNoMoreOfAValueThanALineHolds() {
        assertEquals("LIST:1: no ip value: " + "x".repeat(77) + "...", fault(in("ip"), Dataset.Type.IP,
            "[{\"ip\": \"" + "x".repeat(5000) + "\"}]"));
    }

    @Test
    void shouldTakeTextAndNumbersAlone() throws IOException {
        assertEquals(List.of("1.5", "a"), values(in("host"), Dataset.Type.STRING,
            "[{\"host\": null}, {\"host\": true}, {\"host\": false}, {\"host\": \"a\"}, {\"host\": 1.5}]"));
        assertTrue(fault(in("host"), Dataset.Type.STRING, "[{\"host\": null}]").contains("has the key host"));
    }

    @Test
    void shouldRefuseJsonWhereScoresAreAsked() {
        for (final String option : new String[] {"format json", "format jsonline", "format ndjson", "value_key host",
            "array_key a", "enrichment_key a", "context_key a", "remove_key"}) {
            final LoadedRules rules = new SignatureLoader(new SignatureContext()).load("x.rules",
                List.of("alert http any any -> any any (http.host; datarep:hosts, >, 200, load hosts.rep, "
                    + "type string, " + option + "; sid:1;)"));
            assertEquals(0, rules.rules().size(), option);
            assertTrue(rules.toString().contains("datarep has no " + option), rules.toString());
        }
        assertEquals(1, new SignatureLoader(new SignatureContext()).load("x.rules",
            List.of("alert http any any -> any any (http.host; datarep:hosts, >, 200, load hosts.rep, "
                + "type string, format csv; sid:1;)")).rules().size());
    }

    private static LoadedRules loaded(final String options) {
        return new SignatureLoader(new SignatureContext()).load("x.rules",
            List.of("alert http any any -> any any (http.host; dataset:" + options + "; sid:1;)"));
    }

    @Test
    void shouldTakeWhatRulesSayOfJson() {
        assertEquals(1, loaded("isset,a,type string,load list.json,format json,enrichment_key bad,value_key host,"
            + "array_key response.threats,remove_key").rules().size());
        assertEquals(1, loaded("isnotset,a,type string,load list.json,format jsonline,value_key host").rules().size());
        for (final String wrong : new String[] {"isset,a,type string,load list.json,value_key host",
            "isset,a,type string,load list.json,format json", "isset,a,type string,load list.json,format xml",
            "set,a,type string,load list.json,format json,value_key host",
            "isset,a,type string,state list.json,format json,value_key host",
            "isset,a,type string,load list.json,format jsonline,value_key host,array_key x"}) {
            assertEquals(0, loaded(wrong).rules().size(), wrong);
        }
    }
}
