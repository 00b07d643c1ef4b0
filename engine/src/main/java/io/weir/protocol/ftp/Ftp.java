package io.weir.protocol.ftp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.RecordType;
import io.weir.protocol.text.Lines;
import io.weir.protocol.text.Words;

/**
 * File Transfer Protocol, control connection (RFC 959). Its greeting is that of SMTP and other protocols: the words of
 * the greeting or of the client tell it from them.
 */
public final class Ftp {
    static final RecordType RECORD = RecordType.of("ftp");

    static final Field COMMAND = Field.of("ftp.command", FieldType.TEXT, "Command, in upper case.");
    static final Field COMMAND_DATA = Field.of("ftp.command_data", FieldType.TEXT, "What follows the command.");
    static final Field COMMAND_TRUNCATED = Field.of("ftp.command_truncated", FieldType.BOOLEAN,
        "Whether the command was too long to be kept.");
    static final Field COMPLETION_CODE = Field.listOf("ftp.completion_code", FieldType.TEXT,
        "Codes of the lines of the reply.");
    static final Field REPLY = Field.listOf("ftp.reply", FieldType.TEXT, "Lines of the reply without their codes.");
    static final Field REPLY_RECEIVED = Field.of("ftp.reply_received", FieldType.TEXT,
        "Whether the reply has come: yes or no.");
    static final Field REPLY_TRUNCATED = Field.of("ftp.reply_truncated", FieldType.BOOLEAN,
        "Whether the reply was too long to be kept.");
    static final Field DYNAMIC_PORT = Field.of("ftp.dynamic_port", FieldType.NUMBER,
        "Port that was agreed on for a data connection.").upTo(0xffff);
    static final Field MODE = Field.of("ftp.mode", FieldType.TEXT,
        "Who opens the data connection: active if the server does, passive if the client does.");

    static final ProtocolEvent COMMAND_TOO_LONG =
        new ProtocolEvent("request_command_too_long", "A command was longer than 4096 bytes.");
    static final ProtocolEvent REPLY_TOO_LONG =
        new ProtocolEvent("response_command_too_long", "A line of a reply was longer than 4096 bytes.");

    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("ftp", "File Transfer Protocol")
        .tcpPorts(21, 2121).firstByteRange('1', '6').firstByteRange('A', 'Z').firstByteRange('a', 'z')
        .tcp(Ftp::detect).streamParser(FtpParser::new)
        .fields(COMMAND, COMMAND_DATA, COMMAND_TRUNCATED, COMPLETION_CODE, REPLY, REPLY_RECEIVED, REPLY_TRUNCATED,
            DYNAMIC_PORT, MODE)
        .records(RECORD).events(COMMAND_TOO_LONG, REPLY_TOO_LONG).build();

    /** No other protocol has these. */
    private static final Words OWN = Words.of("FEAT", "SYST", "PASV", "EPSV", "TYPE A", "TYPE I", "TYPE E", "OPTS UTF8",
        "PORT", "EPRT", "CWD", "XPWD", "MLSD", "PBSZ 0", "PROT P", "CLNT", "RETR", "STOR", "AUTH TLS", "AUTH SSL",
        "SITE", "NLST", "MDTM");
    /** Other protocols have these too: the server's code tells. */
    private static final Words SHARED = Words.of("USER", "PASS", "ACCT", "HOST", "PWD", "SIZE", "OPTS", "ADAT",
        "AUTH GSSAPI", "AUTH KERBEROS_V4", "CSID", "LANG", "ALLO", "MKD", "RMD", "DELE");
    private static final Words NAME = Words.of("FTP", "FileZilla");
    private static final Words MAIL = Words.of("SMTP", "LMTP");
    private static final byte[] PORT = {'P', 'O', 'R', 'T', ' '};
    private static final int LONGEST_PORT = 30;

    private Ftp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) > '9') {
            final Answer command = command(now, probe.other());
            return command == Answer.YES ? probe.yesFromClient() : command;
        }
        final Answer reply = Lines.reply(now);
        final int code = Lines.code(now, 0);
        if (reply == Answer.NO || code < 0) {
            return reply;
        }
        final boolean mail = MAIL.areWithin(now, 4, now.length());
        if (!mail && isGreeting(code) && NAME.areWithin(now, 4, now.length())) {
            return probe.yesFromServer();
        }
        if (mail || !isGreeting(code) && !probe.isMidStream() && probe.other().isEmpty()) {
            return Answer.NO;
        }
        if (probe.other().isEmpty()) {
            return Answer.MORE;
        }
        final Answer command = command(probe.other(), now);
        return command == Answer.YES ? probe.yesFromServer() : command;
    }

    private static boolean isGreeting(final int code) {
        return code == 220 || code == 120 || code == 421 || code == 530;
    }

    private static Answer command(final Bytes client, final Bytes server) {
        final int end = Lines.end(client, 0);
        final boolean whole = end < client.length();
        final Answer own = OWN.at(client, 0);
        if (own == Answer.YES && whole) {
            return isOwn(client, end) ? Answer.YES : Answer.NO;
        }
        final Answer shared = own == Answer.NO ? SHARED.at(client, 0) : own;
        if (shared == Answer.NO || !Lines.areText(client, 0, end)) {
            return Answer.NO;
        }
        final int code = Lines.code(server, 0);
        if (shared == Answer.YES && code > 0) {
            return isReplyToClient(code) && Lines.reply(server) != Answer.NO ? Answer.YES : Answer.NO;
        }
        if (!server.isEmpty() && Lines.reply(server) == Answer.NO) {
            return Answer.NO;
        }
        return whole ? later(client, end + 1) : Answer.MORE;
    }

    /** The line is whole and begins with a word of FTP: its rest must fit. */
    private static boolean isOwn(final Bytes client, final int end) {
        if (!Lines.areText(client, 0, end)) {
            return false;
        }
        // a colon makes a header field of it, and "PORT" has digits and commas alone behind it
        final int number = OWN.find(client, 0);
        final int next = client.u8(OWN.length(number));
        if (next != ' ' && next != '\r' && next != '\n') {
            return false;
        }
        return !client.matchesIgnoringCase(0, PORT) || isPort(client, end);
    }

    private static boolean isPort(final Bytes client, final int end) {
        int commas = 0;
        for (int i = PORT.length; i < end && i < LONGEST_PORT; i++) {
            final int value = client.u8(i);
            commas += value == ',' ? 1 : 0;
            if (value != ',' && value != '\r' && value != ' ' && (value < '0' || value > '9')) {
                return false;
            }
        }
        return commas == 5;
    }

    /** Where the server is not seen, a later line of the client decides. */
    private static Answer later(final Bytes client, final int from) {
        int at = from;
        for (int lines = 0; lines < 8 && at < client.length(); lines++) {
            if (OWN.find(client, at) >= 0) {
                return Answer.YES;
            }
            at = Lines.end(client, at) + 1;
        }
        return Answer.MORE;
    }

    private static boolean isReplyToClient(final int code) {
        return code == 220 || code == 120 || code == 331 || code == 332 || code == 230 || code == 232 || code == 234
            || code == 334 || code >= 421 && code <= 553;
    }
}
