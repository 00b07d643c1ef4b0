package io.weir.rule.detect;

import static io.weir.rule.TestContent.content;
import static io.weir.rule.TestRule.field;
import static io.weir.rule.TestRule.fieldOf;
import static io.weir.rule.TestRule.payloadOf;
import static io.weir.rule.TestRule.protocol;
import static io.weir.rule.TestRule.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.packet.Network;
import io.weir.rule.TestRule;
import io.weir.rule.model.Action;
import io.weir.rule.model.AddressSet;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Rule;
import io.weir.rule.model.Step;
import io.weir.rule.model.Transform;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules over transactions: which of two requests, or none, in words {@code sid#transaction}. */
final class TransactionDetectionTest {
    private static DetectedTrace requests() {
        return new DetectedTrace().connect(4001, 80)
            .says(true, "GET /index.html HTTP/1.1\r\nHost: www.example.org\r\nUser-Agent: probe\r\n\r\n")
            .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            .says(true, "POST /other HTTP/1.1\r\nHost: api.example.net\r\nContent-Length: 0\r\n\r\n")
            .says(false, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    }

    private static String found(final DetectedTrace trace, final TestRule... rules) {
        final Rule[] built = new Rule[rules.length];
        for (int i = 0; i < rules.length; i++) {
            built[i] = rules[i].build();
        }
        return trace.matches(built).stream().map(match -> match.sid() + "#" + match.transaction())
            .collect(Collectors.joining(" "));
    }

    @Test
    void shouldAskAllConditionsOfOneTransaction() {
        assertEquals("1#0", found(requests(), rule(1).request("http.method", content("GET").step())
            .request("http.host", content("org").endsWith().step())));
        assertEquals("", found(requests(), rule(1).request("http.method", content("POST").step())
            .request("http.host", content("org").endsWith().step())));
        assertEquals("1#1", found(requests(), rule(1).request("http.method", content("POST").step())
            .response("http.status", new Step.Amount(NumberSet.of(404)))));
    }

    @Test
    void shouldAskRulesThatHaveNoPattern() {
        assertEquals("1#1", found(requests(), rule(1).where(
            new Condition.FieldNumber(field("http.status"), Buffer.Side.EITHER, NumberSet.between(400, 499)))));
        assertEquals("1#1", found(requests(), rule(1).application("http").where(
            new Condition.Absent(Buffer.of(field("http.user_agent"), Buffer.Side.TO_SERVER), null))));
        assertEquals("1#0", found(requests(), rule(1).where(
            new Condition.FieldCount(Buffer.of(field("http.user_agent"), Buffer.Side.EITHER), NumberSet.of(1)))));
        assertEquals("1#0", found(requests(), rule(1).request("http.uri", new Step.Length(NumberSet.of(11)))));
        assertEquals("1#1", found(requests(), rule(1).application("http").where(new Condition.Not(
            fieldOf("http.host", Buffer.Side.TO_SERVER, content("example.org").step())))));
    }

    @Test
    void shouldAskAlternatives() {
        assertEquals("1#0 1#1", found(requests(), rule(1).where(new Condition.Any(List.of(
            fieldOf("http.uri", Buffer.Side.EITHER, content("/other").step()),
            fieldOf("http.user_agent", Buffer.Side.EITHER, content("PROBE").nocase().step()))))));
        assertEquals("1#1", found(requests(), rule(1).where(new Condition.Any(List.of(
            fieldOf("http.host", Buffer.Side.EITHER, content("api").startsWith().step()),
            new Condition.FieldNumber(field("http.status"), Buffer.Side.EITHER, NumberSet.of(500)))))));
    }

    @Test
    void shouldTransformFieldsFirst() {
        assertEquals("1#0", found(requests(), rule(1).transformed("http.host", Buffer.Side.TO_SERVER,
            Transform.Kind.DOMAIN, content("example.org").startsWith().step())));
        assertEquals("1#0 1#1", found(requests(), rule(1).transformed("http.host", Buffer.Side.TO_SERVER,
            Transform.Kind.TO_UPPERCASE, content("EXAMPLE").step())));
        assertEquals("", found(requests(), rule(1).request("http.host", content("EXAMPLE").step())));
    }

    @Test
    void shouldAskAddressesInTheDirectionOfWhatIsAsked() {
        final AddressSet client = AddressSet.of(List.of(Network.parse(DetectedTrace.CLIENT + "/32")), List.of());
        assertEquals("1#0", found(requests(), rule(1).from(client).request("http.uri", content("index").step())));
        assertEquals("", found(requests(), rule(1).from(client).response("http.status", content("404").step())));
        assertEquals("1#1", found(requests(), rule(1).bothWays().from(client)
            .response("http.status", content("404").step())));
    }

    @Test
    void shouldAskPayloadAndTransactionTogether() {
        assertEquals("1#0", found(requests(), rule(1).request("http.uri", content("index").step())
            .where(payloadOf(content("User-Agent: pro").step())).toServer()));
        assertEquals("", found(requests(), rule(1).request("http.uri", content("index").step())
            .where(payloadOf(content("User-Agent: other").step())).toServer()));
    }

    @Test
    void shouldPassTransactionsAndTheirFlows() {
        assertEquals("", found(requests(),
            rule(1).action(Action.PASS).request("http.uri", content("index").step()),
            rule(2).request("http.host", content("example").step())));
        assertEquals("2#0", found(requests(),
            rule(1).action(Action.PASS).request("http.uri", content("other").step()),
            rule(2).request("http.host", content("example").step())));
        assertEquals("", found(requests(), rule(1).tcp().toPort(80).action(Action.PASS).bothWays(),
            rule(2).request("http.host", content("example").step())));
    }

    @Test
    void shouldAlertOnceMoreIsKnownOfAFlow() {
        final Condition isHttp = new Condition.Application(List.of(protocol("http")), false);
        final Condition isNot = new Condition.Application(List.of(protocol("http")), true);
        assertEquals("1@4", requests().alerts(rule(1).tcp().toServer().where(isHttp).build()));
        assertEquals("", requests().alerts(rule(1).tcp().toServer().where(isNot).build()));
    }

    @Test
    void shouldAlertOnWhatParsersReport() {
        // an answer with the reserved bit set
        final String dns = "\0\1\1@\0\1\0\0\0\0\0\0\3www\7example\3org\0\0\1\0\1";
        final Condition event = new Condition.Event(Condition.Event.Kind.APPLICATION, "dns.z_flag_set");
        final DetectedTrace trace = new DetectedTrace().udp(true, 4000, 53, dns).udp(true, 4001, 53,
            dns.replace("\1@\0\1", "\1\0\0\1")).udp(true, 4000, 53, dns);
        assertEquals("1@1 1@3", trace.alerts(rule(1).where(event).build()));
        assertEquals("1#0 1#1", found(trace, rule(1).where(event)));
        assertThrows(IllegalArgumentException.class, () -> trace.alerts(rule(1).where(
            new Condition.Event(Condition.Event.Kind.APPLICATION, "dns.no_such_event")).build()));
    }

    @Test
    void shouldAlertOnceForEachTransactionThatIsOdd() {
        final String odd = "POST / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n";
        final DetectedTrace trace = new DetectedTrace().connect(1, 80).says(true, odd)
            .says(true, "GET / HTTP/1.1\r\n\r\n").says(true, odd);
        assertEquals("1#0 1#2", found(trace, rule(1).where(new Condition.Event(Condition.Event.Kind.APPLICATION,
            "http.DUPLICATE_CONTENT_LENGTH_FIELD_IN_REQUEST"))));
    }

    @Test
    void shouldAskAboutAnOddExchangeInBothDirections() {
        final Condition odd = new Condition.Event(Condition.Event.Kind.APPLICATION,
            "http.DUPLICATE_CONTENT_LENGTH_FIELD_IN_REQUEST");
        final DetectedTrace trace = new DetectedTrace().connect(1, 80)
            .says(true, "POST / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n");
        assertEquals("1@4 2@4 3@4", trace.alerts(rule(1).tcp().toServer().where(odd).build(),
            rule(2).tcp().toClient().where(odd).build(), rule(3).where(odd).build()));
    }
}
