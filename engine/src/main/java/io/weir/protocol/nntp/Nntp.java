package io.weir.protocol.nntp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.text.Lines;
import io.weir.protocol.text.Words;

/** Network News Transfer Protocol (RFC 3977), told from others by the words of greeting and client. */
public final class Nntp {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("nntp", "Network News Transfer Protocol").tcpPorts(119, 433)
        .firstBytes("2MmAaCcGg").tcp(Nntp::detect).build();

    private static final Words GREETINGS = Words.of("NNTP", "NNRP", "posting", "InterNetNews", "news");
    private static final Words OWN = Words.of("MODE READER", "MODE STREAM", "AUTHINFO USER", "AUTHINFO PASS",
        "AUTHINFO SASL", "AUTHINFO GENERIC");
    private static final Words SHARED = Words.of("CAPABILITIES", "GROUP", "ARTICLE", "LIST", "LISTGROUP", "XOVER",
        "OVER", "HEAD", "BODY", "STAT", "NEWGROUPS", "NEWNEWS", "POST", "IHAVE", "CHECK", "TAKETHIS", "DATE", "HELP",
        "QUIT", "STARTTLS", "XFEATURE");

    private Nntp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) != '2') {
            final Answer command = client(now, probe.other());
            return command == Answer.YES ? probe.yesFromClient() : command;
        }
        final Answer reply = Lines.reply(now);
        if (reply == Answer.NO || now.length() < 3) {
            return reply;
        }
        if (Lines.code(now, 0) != 200 && Lines.code(now, 0) != 201) {
            return Answer.NO;
        }
        if (GREETINGS.areWithin(now, 4, Lines.end(now, 0))) {
            return probe.yesFromServer();
        }
        if (probe.other().isEmpty()) {
            return Answer.MORE;
        }
        final Answer own = OWN.at(probe.other(), 0);
        final Answer command = own == Answer.NO ? SHARED.at(probe.other(), 0) : own;
        return command == Answer.YES ? probe.yesFromServer() : command;
    }

    private static Answer client(final Bytes client, final Bytes server) {
        final Answer own = OWN.at(client, 0);
        if (own == Answer.YES) {
            return Answer.YES;
        }
        final Answer shared = own == Answer.NO ? SHARED.at(client, 0) : own;
        final boolean greeted = Lines.code(server, 0) == 200 || Lines.code(server, 0) == 201;
        if (shared == Answer.NO || !Lines.areText(client, 0, Lines.end(client, 0))
            || !server.isEmpty() && (server.u8(0) != '2' || server.length() >= 3 && !greeted)) {
            return Answer.NO;
        }
        return shared == Answer.YES && greeted && Lines.reply(server) == Answer.YES ? Answer.YES : Answer.MORE;
    }
}
