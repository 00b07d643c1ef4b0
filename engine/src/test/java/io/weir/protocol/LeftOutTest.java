package io.weir.protocol;

import static io.weir.protocol.krb5.Der.number;
import static io.weir.protocol.krb5.Der.sequence;
import static io.weir.protocol.krb5.Der.text;
import static io.weir.protocol.krb5.Der.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.Counter;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A record whose list ends early says so, and is counted. */
final class LeftOutTest {
    private static final int MORE_THAN_ANY = 300;

    record Case(String name, IntFunction<Talk> talk) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
            new Case("recipients of a mail", count -> Talk.tcp(25).server("220 a ESMTP\r\n").client("EHLO b\r\n")
                .server("250 a\r\n").client("MAIL FROM:<a@b>\r\n").client("RCPT TO:<c@d>\r\n".repeat(count))),
            new Case("attachments of a mail", count -> Talk.tcp(25).server("220 a ESMTP\r\n").client("EHLO b\r\n")
                .server("250 a\r\n").client("MAIL FROM:<a@b>\r\n").server("250 ok\r\n").client("DATA\r\n")
                .server("354 go\r\n").client("Content-Type: multipart/mixed; boundary=x\r\n\r\n"
                    + "--x\r\nContent-Disposition: attachment; filename=f\r\n\r\ny\r\n".repeat(count)
                    + "--x--\r\n.\r\n")),
            new Case("arguments of IMAP", count -> Talk.tcp(143).server("* OK IMAP4 ready\r\n")
                .client("a1 ID" + " x".repeat(count) + "\r\n").server("a1 OK done\r\n")),
            new Case("lines of IMAP", count -> Talk.tcp(143).server("* OK IMAP4 ready\r\n")
                .client("a1 LIST x y\r\n").server("* LIST () x y\r\n".repeat(count) + "a1 OK done\r\n")),
            new Case("arguments of POP3", count -> Talk.tcp(110).server("+OK POP3 ready\r\n")
                .client("USER" + " x".repeat(count) + "\r\n").server("+OK\r\n")),
            new Case("lines of POP3", count -> Talk.tcp(110).server("+OK POP3 ready\r\n").client("LIST\r\n")
                .server("+OK\r\n" + "1 2\r\n".repeat(count) + ".\r\n")),
            new Case("attributes of LDAP", count -> Talk.tcp(389).client(sequence(number(1), value(0x63, text(4, "dc"),
                value(10, new byte[1]), value(10, new byte[1]), number(1), number(1), value(1, new byte[1]),
                text(0x87, "objectClass"), sequence(times(count, text(4, "cn"))))))),
            new Case("entries of LDAP", count -> Talk.tcp(389).client(sequence(number(1), value(0x68, text(4, "cn=x"),
                sequence(times(count, sequence(text(4, "mail"), value(0x31, text(4, "y"))))))))),
            new Case("variables of SNMP", count -> Talk.udp(161).client(sequence(number(1), text(4, "public"),
                value(0xa0, number(7), number(0), number(0), sequence(times(count, sequence(
                    value(6, new byte[] {0x2b, 6}), value(5, new byte[0])))))))),
            new Case("media of SIP", count -> sip("m=audio 5000 RTP/AVP 0\r\n".repeat(count))),
            new Case("attributes of SIP", count -> sip("a=x\r\n".repeat(count))));
    }

    private static byte[][] times(final int count, final byte[] one) {
        final byte[][] all = new byte[count][];
        Arrays.fill(all, one);
        return all;
    }

    private static Talk sip(final String lines) {
        final String session = "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\n" + lines;
        return Talk.tcp(5060).client("INVITE sip:a@b SIP/2.0\r\nContent-Type: application/sdp\r\nContent-Length: "
            + session.length() + "\r\n\r\n" + session);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldSayThatAListEndsEarly(final Case one) {
        final Talk few = one.talk.apply(2);
        assertEquals(0, few.count(Counter.TRANSACTIONS_CUT), few.records()::toString);
        final Talk many = one.talk.apply(MORE_THAN_ANY);
        assertEquals(1, many.count(Counter.TRANSACTIONS_CUT), many.records()::toString);
        assertEquals(1, many.records().stream().filter(told -> told.contains("\"cut\":true")).count());
    }
}
