package io.weir.rule.signature;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.rule.model.LoadedRules;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file holds, loading it tells faults and throws nothing. A coverage-guided fuzzer may look for
 * counter-examples; otherwise rules are changed at random.
 */
final class SignatureFuzzTest {
    private static final int CHANGED_RULES = 5_000;
    private static final int MOST_CHANGES = 6;
    private static final String CHARACTERS = "()[]{};:,.!|\\\"<>=&^$#/-+* 0179axX\u00e9\u0000";

    private static final List<String> SEEDS = List.of(
        "alert tcp [$HOME_NET,!10.0.0.0/8] any -> !$EXTERNAL_NET [80,!443,1:5] (msg:\"a\\;b\"; content:\"a|0d 0a|\"; "
            + "nocase; offset:1; depth:9; content:!\"b\"; distance:-1; within:5; isdataat:!1,relative; sid:1; rev:2;)",
        "alert http any any <> any any (flow:established,to_server; content:\"x\"; http_method; fast_pattern:only; "
            + "pcre:\"/^a(b|c){1,9}$/UiR\"; urilen:5<>9,raw; threshold:type both,track by_src,count 1,"
            + "seconds 2; sid:2;)",
        "pass udp 1.2.3.4-1.2.4.0 1024: => any any (byte_extract:2,0,n,relative,string,hex; byte_test:4,!&,n,-5,"
            + "bitmask 0xff; byte_jump:2,n,multiplier 3,align 4,post_offset -1; byte_math:bytes 1, offset 0, oper <<, "
            + "rvalue n, result m; base64_decode:bytes m,offset 1; base64_data; content:\"a\"; sid:3;)",
        "drop dns any any -> any any (dns.query; dotprefix; xor:\"0a\"; dataset:isset,a,type string,load f,hashsize 9; "
            + "absent:or_else; bsize:>5; flags:*SF,12; fragbits:+MD; ipopts:rr; ttl:5-9; ip_proto:!gre; "
            + "requires:version >= 8.0.0 | < 7, feature ja3, keyword lua; sid:4;)",
        "alert ip any any -> any any (flowbits:set,a|b; flowint:c,+,1; xbits:isset,x,track ip_src,expire 5; "
            + "hostbits:set,y,src; tag:host,5,packets,src; stream_size:both,>,5; app-layer-event:tls.a; "
            + "metadata:a b, c; reference:cve,1; classtype:x; priority:1; target:src_ip; ssl_version:!tls1.2; sid:5;)");

    private final SignatureLoader loader = new SignatureLoader(new SignatureContext());

    static Stream<Arguments> rules() {
        return SEEDS.stream().map(rule -> Arguments.of((Object) rule.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @MethodSource("rules")
    @FuzzTest(maxDuration = "5m")
    void shouldLoadAnyText(final byte[] input) {
        load(new String(input, StandardCharsets.ISO_8859_1));
    }

    @Test
    void shouldLoadRulesThatAreChangedAtRandom() {
        final Random random = new Random(Long.getLong("weir.fuzz.seed", 20_261_129));
        for (int i = 0; i < CHANGED_RULES; i++) {
            load(changed(SEEDS.get(random.nextInt(SEEDS.size())), SEEDS.get(random.nextInt(SEEDS.size())), random));
        }
    }

    @Test
    void shouldLoadTextsThatRepeatWithoutEnd() {
        for (final String part : List.of("[", "!", "(", "a,", "content:\"a\"; ", "x; ", "byte_test:", "\\;", "|0d",
            "pcre:\"/(((((((((((((((\"; ", "$HOME_NET,", "#", "\\\n", "metadata:a, ", "-", "1-", "1.2.3.4,")) {
            load("alert tcp " + part.repeat(2_000) + " any -> any any (sid:1;)");
            load("alert tcp any any -> any any (" + part.repeat(2_000) + "sid:1;)");
        }
    }

    private static String changed(final String rule, final String other, final Random random) {
        final StringBuilder text = new StringBuilder(rule);
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            final int at = random.nextInt(text.length() + 1);
            final int end = Math.min(text.length(), at + random.nextInt(12));
            final int from = random.nextInt(other.length());
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                case 2 -> text.insert(at, text.substring(at, end));
                default -> text.insert(at, other, from, Math.min(other.length(), from + random.nextInt(30)));
            }
        }
        return text.toString();
    }

    private void load(final String text) {
        final LoadedRules loaded = loader.load("fuzz", Arrays.asList(text.split("\n", -1)));
        assertTrue(loaded.rules().size() + loaded.faults().size() >= loaded.written(),
            () -> "a rule is neither loaded nor has a fault: " + text);
    }
}
