package io.weir.protocol.whois;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.text.Lines;
import io.weir.protocol.text.Words;
import java.nio.charset.StandardCharsets;

/** Whois (RFC 3912): a line of the client, answered by text; on other ports, by what registries begin with. */
public final class Whois {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("whois", "Whois").tcpPorts(43, 4343)
        .tcp(Whois::detect).build();

    private static final Words ANSWERS = Words.of("Domain Name:", "% ", "%%", "[Querying", "No match for", "NOT FOUND",
        "Registry Domain", "inetnum:", "refer:", "#");
    private static final Words REGISTRIES = Words.of("% IANA WHOIS server", "% This is the RIPE Database query service",
        "Domain Name:");
    private static final byte[] DOMAIN_ID = "Registry Domain ID: ".getBytes(StandardCharsets.US_ASCII);
    /** Of an answer with a domain: its name and the id, which follows at once. */
    private static final int LONGEST_BEGINNING = 512;
    private static final int LONGEST_QUERY = 255;
    private static final int SHORTEST_QUERY = 3;
    private static final int ENOUGH = 16;

    private Whois() {
    }

    static Answer detect(final Probe probe) {
        final boolean usual = probe.serverPort() == 43 || probe.serverPort() == 4343;
        final Answer registry = usual ? Answer.YES : probe.fromClient() ? Answer.NO : ofRegistry(probe.now());
        if (registry != Answer.YES) {
            return registry;
        }
        final Bytes query = probe.client();
        final Bytes answer = probe.server();
        final int end = Lines.end(query, 0);
        final boolean whole = end < query.length();
        if (end > LONGEST_QUERY || !Lines.areText(query, 0, end) || whole && end + 1 < query.length()
            || whole && end < SHORTEST_QUERY || !Lines.areText(answer, 0, Lines.end(answer, 0))) {
            return Answer.NO;
        }
        if (query.isEmpty() && usual) {
            final int from = leadingSpace(answer);
            final boolean known = ANSWERS.areWithin(answer, from, Math.min(answer.length(), from + ENOUGH));
            return answer.length() < from + ENOUGH ? Answer.MORE
                : known && isText(answer, from, from + ENOUGH) ? Answer.YES : Answer.NO;
        }
        return !whole || answer.length() < ENOUGH ? Answer.MORE : Answer.YES;
    }

    private static Answer ofRegistry(final Bytes answer) {
        final int from = leadingSpace(answer);
        final Answer begins = REGISTRIES.at(answer, from);
        if (begins != Answer.YES || answer.u8(from) == '%') {
            return begins;
        }
        return answer.indexOf(DOMAIN_ID, from) > 0 ? Answer.YES
            : answer.length() - from > LONGEST_BEGINNING ? Answer.NO : Answer.MORE;
    }

    /** Text in ASCII and ends of lines; {@link Lines#areText} looks at one line. */
    private static boolean isText(final Bytes answer, final int from, final int to) {
        for (int i = from; i < to; i++) {
            final int value = answer.u8(i);
            if ((value < ' ' || value >= 0x7f) && value != '\r' && value != '\n' && value != '\t') {
                return false;
            }
        }
        return true;
    }

    private static int leadingSpace(final Bytes answer) {
        int at = 0;
        while (answer.u8(at) == ' ' || answer.u8(at) == '\r' || answer.u8(at) == '\n') {
            at++;
        }
        return at;
    }
}
