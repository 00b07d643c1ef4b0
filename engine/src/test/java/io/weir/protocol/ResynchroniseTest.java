package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.protocol.catalogue.Protocols;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a parser makes of a connection that lacks bytes: the messages behind them, and a count of what is of none. */
final class ResynchroniseTest {
    private static final String REST = "=rest of a message=";
    private static final byte[] TLS = SampleTalk.all().stream().filter(talk -> talk.protocol().equals("tls"))
        .findFirst().orElseThrow().said().get(0).bytes();
    /** Where nothing tells where a message begins, or all there is to tell stands at the beginning of a connection. */
    private static final Set<String> LOST = Set.of("http2", "mqtt", "ssh", "tls", "rdp", "smtp", "rtsp",
        "rfb", "rsh", "rexec");
    /** What comes before the next line is one of theirs. */
    private static final Set<String> OF_LINES = Set.of("ftp", "pop3", "imap", "telnet", "sip");

    static List<SampleTalk> streams() {
        return SampleTalk.all().stream()
            .filter(talk -> !talk.isUdp() && !LOST.contains(talk.protocol()) && !isLostBehind(talk)).toList();
    }

    /** True if nothing of a connection is read any more when it has become what was agreed on, or nothing found. */
    private static boolean isLostBehind(final SampleTalk sample) {
        final Talk talk = say(begin(sample), sample);
        return "http".equals(sample.protocol()) && (talk.isCutOff() || talk.protocols().contains("http2"));
    }

    static List<SampleTalk> all() {
        return SampleTalk.all();
    }

    /** False if a protocol only carries others, which tell records. */
    private static boolean isToldItself(final SampleTalk sample) {
        return Protocols.all().stream()
            .anyMatch(protocol -> protocol.name().equals(sample.protocol()) && !protocol.records().isEmpty());
    }

    private static Talk begin(final SampleTalk sample) {
        return sample.isUdp() ? Talk.udp(sample.port()) : Talk.tcp(sample.port());
    }

    private static Talk say(final Talk talk, final SampleTalk sample) {
        sample.said().forEach(said -> say(talk, said.fromClient(), said.bytes()));
        return talk;
    }

    private static void say(final Talk talk, final boolean fromClient, final byte[] bytes) {
        if (fromClient) {
            talk.client(bytes);
        } else {
            talk.server(bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldGoOnWithTheNextMessageBehindAGap(final SampleTalk sample) {
        final int twice = say(say(begin(sample), sample).later(), sample).records().size();
        for (final boolean ofClient : new boolean[] {true, false}) {
            final Talk talk = say(begin(sample), sample).later().gap(ofClient, 50).later();
            say(talk, ofClient, Talk.text(REST + (OF_LINES.contains(sample.protocol()) ? "\r\n" : "")));
            talk.later();
            say(talk, sample);
            assertTrue(talk.records().size() >= twice - 1, () -> twice + " without a gap, " + talk.records());
            if (!OF_LINES.contains(sample.protocol())) {
                assertTrue(talk.count(Counter.PARSER_BYTES_SKIPPED) >= REST.length(), sample.protocol() + ": skipped "
                    + talk.count(Counter.PARSER_BYTES_SKIPPED));
            }
        }
    }

    /** As soon as a client has said something that is recognised, there is something to tell. */
    @ParameterizedTest
    @MethodSource("all")
    void shouldTellATransactionThatStaysHalf(final SampleTalk sample) {
        if (!isToldItself(sample)) {
            return;
        }
        final Talk talk = begin(sample);
        boolean hasSpoken = false;
        for (final SampleTalk.Said said : sample.said()) {
            say(talk, said.fromClient(), said.bytes());
            hasSpoken |= said.fromClient();
            if (hasSpoken) {
                break;
            }
        }
        assertTrue(!talk.records().isEmpty(), sample.protocol());
    }

    /** Of a message that a stream's end cuts, a record tells or a count. */
    @ParameterizedTest
    @MethodSource("all")
    void shouldTellOrCountAMessageThatIsCutByTheEnd(final SampleTalk sample) {
        if (sample.isUdp() || !isToldItself(sample)) {
            return;
        }
        for (int last = 0; last < sample.said().size(); last++) {
            final Talk before = begin(sample);
            final Talk talk = begin(sample);
            for (final SampleTalk.Said said : sample.said().subList(0, last)) {
                say(before, said.fromClient(), said.bytes());
                say(talk, said.fromClient(), said.bytes());
            }
            final SampleTalk.Said half = sample.said().get(last);
            say(talk, half.fromClient(), Arrays.copyOf(half.bytes(), half.bytes().length * 2 / 3));
            before.close(half.fromClient());
            talk.close(half.fromClient());
            final boolean isParsed = talk.confidence() != null && talk.confidence() != Confidence.PORT
                && talk.confidence() != Confidence.NONE && !before.isCutOff();
            final int said = last;
            assertTrue(!isParsed || talk.count(Counter.PARSER_BYTES_SKIPPED) > 0 || !talk.records().isEmpty(),
                () -> sample.protocol() + ", message " + said);
        }
    }

    @Test
    void shouldFindTlsBehindAnAgreementThatIsMissing() {
        assertEquals(List.of("rdp", "tls"), Talk.tcp(3389).client(Talk.hex("0300 0013 0e e0 0000 0000 00 01 00 0800"
            + "03000000")).gap(false, 19).client(TLS).protocols());
        assertEquals(List.of("pgsql", "tls"), Talk.tcp(5432).client(Talk.hex("00000008 04d2162f")).gap(false, 1)
            .client(TLS).protocols());
        assertEquals(List.of("ldap", "tls"), Talk.tcp(389).client(Talk.hex("301d020101 7718 8016"
            + "312e332e362e312e342e312e313436362e3230303337")).gap(false, 14).client(TLS).protocols());
    }

    @Test
    void shouldCountWhatIsCutOffALineThatIsReadWhenTheOtherSideHasSpoken() {
        final Talk talk = Talk.tcp(21).server("220 weir\r\n").client("AUTH TLS\r\n" + "x".repeat(20_000) + "\r\n")
            .server("502 no\r\n");
        assertTrue(talk.count(Counter.PARSER_BYTES_SKIPPED) > 10_000);
    }

    @Test
    void shouldCountWhatIsSearchedForARecordOfTls() {
        final Talk talk = say(Talk.tcp(443), SampleTalk.all().stream()
            .filter(sample -> sample.protocol().equals("tls")).findFirst().orElseThrow());
        assertEquals(0, talk.count(Counter.PARSER_BYTES_SKIPPED));
        assertEquals(REST.length(), Talk.tcp(443).client(TLS).gap(false, 50).server(REST)
            .server(Talk.hex("1603030004 0e000000")).count(Counter.PARSER_BYTES_SKIPPED));
    }

    @Test
    void shouldCountWhatKerberosLeavesOutOfALongMessage() {
        final byte[] reply = new byte[20_000];
        System.arraycopy(Talk.hex("00004e1c 7e 82 4e18"), 0, reply, 0, 8);
        final SampleTalk sample = SampleTalk.all().stream()
            .filter(one -> one.protocol().equals("krb5") && !one.isUdp()).findFirst().orElseThrow();
        assertEquals(20_000 - 16 * 1024, Talk.tcp(88).client(sample.said().get(0).bytes()).server(reply)
            .count(Counter.PARSER_BYTES_SKIPPED));
    }
}
