package io.weir.rule.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.Protocol;
import io.weir.protocol.dns.Dns;
import io.weir.protocol.http.Http;
import io.weir.protocol.tls.Tls;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternLibrary;
import io.weir.rule.signature.SignatureContext;
import io.weir.rule.signature.SignatureLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** At which stages transactions of a protocol are asked. */
final class TransactionIndexTest {
    private static final int CLIENT = 1 << TransactionIndex.CLIENT;
    private static final int SERVER = 1 << TransactionIndex.SERVER;

    private static RuleSet compile(final String... signatures) {
        final List<Rule> rules = new SignatureLoader(new SignatureContext())
            .load("x.rules", List.of(signatures)).rules();
        assertEquals(signatures.length, rules.size());
        return new RuleCompiler(PatternLibrary.choose(PatternLibrary.Choice.JAVA)).compile(rules);
    }

    private static int stages(final Protocol protocol, final String... signatures) {
        final RuleSet set = compile(signatures);
        try {
            return set.transactions().stages(protocol, protocol.records().get(0));
        } finally {
            set.close();
        }
    }

    @Test
    void shouldNotAskOfAProtocolWhatRulesAskOfOthers() {
        final String[] rules = {
            "alert http any any -> any any (flow:to_client; http.stat_code; content:\"404\"; sid:1;)",
            "alert dns any any -> any any (dns.query; content:\"example\"; sid:2;)"};
        assertEquals(CLIENT, stages(Dns.PROTOCOL, rules) & (CLIENT | SERVER));
        assertEquals(0, stages(Tls.PROTOCOL, rules));
        assertEquals(CLIENT | SERVER, stages(Http.PROTOCOL, rules) & (CLIENT | SERVER));
    }

    @Test
    void shouldAskAllOfARecordOfAnotherKind() {
        final String rule = "alert http any any -> any any (flow:to_client; http.stat_code; content:\"404\"; sid:1;)";
        final RuleSet set = compile(rule);
        assertEquals(SERVER, set.transactions().stages(Tls.PROTOCOL, Http.PROTOCOL.records().get(0)) & SERVER);
        set.close();
    }

    @Test
    void shouldAskWhatHasNoPattern() {
        final int server = stages(Tls.PROTOCOL,
            "alert tls any any -> any any (flow:to_client; tls.cert_subject; bsize:>100; sid:1;)");
        assertEquals(SERVER, server & SERVER);
        assertEquals(0, stages(Dns.PROTOCOL,
            "alert tls any any -> any any (flow:to_client; tls.cert_subject; bsize:>100; sid:1;)"));
    }
}
