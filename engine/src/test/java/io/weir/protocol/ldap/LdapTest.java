package io.weir.protocol.ldap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.protocol.Confidence;
import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class LdapTest {
    private static final byte[] START_TLS = Talk.hex("301d020101 7718 8016"
        + "312e332e362e312e342e312e313436362e3230303337");
    private static final byte[] AGREED = Talk.hex("300c020101 7807 0a0100 0400 0400");
    private static final byte[] REFUSED = Talk.hex("300c020101 7807 0a0134 0400 0400");
    private static final byte[] BIND = Talk.hex("300c020102 6007 020103 0400 8000");
    private static final byte[] SEARCH = Talk.hex("3025020101 6320 0400 0a0100 0a0100 020100 020100 010100"
        + "870b6f626a656374636c617373 3000");
    private static final byte[] FOUND = Talk.hex("3009020101 6404 0400 3000 300c020101 6507 0a0100 0400 0400");

    @Test
    void shouldHandOverBehindAnAgreementOnTls() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 5}) {
            final Talk talk = Talk.tcp(389).client(START_TLS).server(AGREED).client("SSH-2.0-inner\r\n")
                .segmented(bytes);
            assertEquals(List.of("ldap", "ssh"), talk.protocols());
            assertEquals(Confidence.HANDSHAKE, Talk.tcp(389).client(START_TLS).server(AGREED).confidence());
        }
    }

    @Test
    void shouldHandOverAfterOtherRequests() {
        final Talk talk = Talk.tcp(389).client(SEARCH).server(FOUND).client(START_TLS).server(AGREED)
            .client("SSH-2.0-inner\r\n");
        assertEquals(List.of("ldap", "ssh"), talk.protocols());
    }

    @Test
    void shouldGoOnWhenTheServerRefuses() {
        final Talk talk = Talk.tcp(389).client(START_TLS).server(REFUSED).client(BIND).client("SSH-2.0-inner\r\n");
        assertEquals(List.of("ldap"), talk.protocols());
        assertTrue(talk.isCutOff());
    }

    @Test
    void shouldFindAnAgreementWhoseLengthsAreLong() {
        final byte[] asked = Talk.hex("30820023 02840000000101 778119 8081 16"
            + "312e332e362e312e342e312e313436362e3230303337");
        final byte[] agreed = Talk.hex("300f 0282000101 7808 0a810100 0400 0400");
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 5}) {
            assertEquals(List.of("ldap", "ssh"), Talk.tcp(389).client(asked).server(agreed).client("SSH-2.0-inner\r\n")
                .segmented(bytes).protocols());
        }
    }

    @Test
    void shouldGoOnWithTheNextMessageBehindAGap() {
        final Talk talk = Talk.tcp(389).client(BIND).gap(false, 30).server("rest of one").server(FOUND)
            .gap(true, 20).client("rest").client(SEARCH);
        for (final Talk one : List.of(talk, talk.segmented(FOUND.length))) {
            assertEquals(3, one.records().size(), one.records()::toString);
            assertEquals(15, one.count(Counter.PARSER_BYTES_SKIPPED));
        }
        final Talk odd = Talk.tcp(389).client(BIND).gap(false, 30);
        for (int i = 0; i < 64; i++) {
            odd.server("nothing of that kind");
        }
        assertTrue(odd.isCutOff());
    }

    @Test
    void shouldGiveUpBehindWhatIsNoMessage() {
        assertTrue(Talk.tcp(389).client(START_TLS).server("nothing of that kind").isCutOff());
    }
}
