package io.weir.rule.yaml;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.rule.model.LoadedRules;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, loading it tells faults and throws nothing; rules without a fault are loaded. */
final class YamlFuzzTest {
    static Stream<Arguments> files() {
        return Stream.of("""
            groups: {lab: [10.1.0.0/16, '!10.1.2.3']}
            rules:
            - id: 7
              alert: "a"
              severity: high
              when:
                all:
                - {field: http.host, ends: [.example, .test], case: ignore}
                - {any: [{from: lab}, {port: 80-90}], not: {payload: 'GET |0d 0a|', offset: 4}}
                - {bytes: '> 10 KiB', age: '< 5 s', bits: [a, '!b']}
              count: {more-than: 5, within: 60 s, by: source}
              do: [capture, {tag: seen}, {set: a}]
            """, """
            rules: [{id: 1, alert: a, when: {dns.queries.rrname: {regex: '^[a-z]{40,}\\\\.'}}, first-seen: tls.ja4},
              {id: 2, suppress: b, enabled: false, expires: 2027-01-01, references: ['cve:2021-44228']}]
            """, """
            rules: [{id: 1, alert: a, when: {dns.queries.rrname: b}, enabled: false}]
            """).map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "5m")
    void shouldLoadAnyText(final byte[] input) {
        final LoadedRules loaded = YamlRules.parse("fuzz", new String(input, StandardCharsets.UTF_8),
            YamlRulesTest.context());
        assertTrue(loaded.rules().size() <= loaded.written(), "more rules than were written");
    }
}
