package io.weir.protocol.pop3;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;
import io.weir.protocol.text.Lines;
import io.weir.protocol.text.Words;
import java.nio.charset.StandardCharsets;

/** Post Office Protocol, version 3 (RFC 1939, 2449, 2595). */
public final class Pop3 {
    static final RecordType RECORD = RecordType.of("pop3");

    static final Field REQUEST = Field.of("pop3.request", FieldType.GROUP, "What the client asked.");
    static final Field COMMAND = Field.of("pop3.request.command", FieldType.TEXT, "Command, in upper case.");
    static final Field ARGS = Field.listOf("pop3.request.args", FieldType.TEXT, "Arguments of the command.");
    static final Field RESPONSE = Field.of("pop3.response", FieldType.GROUP, "What the server answered.");
    static final Field SUCCESS = Field.of("pop3.response.success", FieldType.BOOLEAN,
        "Whether the answer is positive.");
    static final Field STATUS = Field.of("pop3.response.status", FieldType.TEXT, "OK or ERR.");
    static final Field HEADER = Field.of("pop3.response.header", FieldType.TEXT, "Text behind the status.");
    static final Field DATA = Field.listOf("pop3.response.data", FieldType.TEXT,
        "Lines of the answer, but not those of messages.");

    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("pop3", "Post Office Protocol 3")
        .tcpPorts(110).firstBytes("+-UuAaCcSsQqPp").tcp(Pop3::detect).streamParser(Pop3Parser::new)
        .fields(REQUEST, COMMAND, ARGS, RESPONSE, SUCCESS, STATUS, HEADER, DATA)
        .records(RECORD).build();

    static final byte[] OK = "+OK".getBytes(StandardCharsets.US_ASCII);
    static final byte[] ERR = "-ERR".getBytes(StandardCharsets.US_ASCII);
    private static final Words COMMANDS = Words.of("USER", "APOP", "CAPA", "STLS", "AUTH", "STAT", "QUIT", "PASS",
        "UIDL");
    private static final Words NAMES = Words.of("POP", "Dovecot");

    private Pop3() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) == '+' || now.u8(0) == '-') {
            final Answer status = status(now);
            if (status == Answer.YES && now.u8(0) == '+' && NAMES.areWithin(now, OK.length, now.length())) {
                return probe.yesFromServer();
            }
            if (status == Answer.NO || probe.other().isEmpty()) {
                return status == Answer.NO || now.u8(0) == '-' && !probe.isMidStream() ? Answer.NO : Answer.MORE;
            }
            final Answer command = command(probe.other());
            return command == Answer.YES && status == Answer.YES ? probe.yesFromServer()
                : command == Answer.NO ? Answer.NO : Answer.MORE;
        }
        final Answer command = command(now);
        if (command == Answer.NO || probe.other().isEmpty()) {
            return command == Answer.NO ? command : Answer.MORE;
        }
        final Answer status = status(probe.other());
        return status == Answer.YES && command == Answer.YES ? probe.yesFromClient()
            : status == Answer.NO ? Answer.NO : Answer.MORE;
    }

    private static Answer command(final Bytes bytes) {
        final Answer command = COMMANDS.at(bytes, 0);
        final int next = command == Answer.YES ? bytes.u8(4) : ' ';
        return !Lines.areText(bytes, 0, Lines.end(bytes, 0)) || next != ' ' && next != '\r' && next != '\n'
            ? Answer.NO : command;
    }

    /** The status and the space or end behind it; text up to the end of the line. */
    private static Answer status(final Bytes bytes) {
        final byte[] expected = bytes.u8(0) == '+' ? OK : ERR;
        final Answer status = bytes.beginsWith(expected);
        if (status != Answer.YES || bytes.length() == expected.length) {
            return status == Answer.YES ? Answer.MORE : status;
        }
        final int next = bytes.u8(expected.length);
        final int end = Lines.end(bytes, 0);
        return next != ' ' && next != '\r' && next != '\n' || !Lines.areText(bytes, 0, end) ? Answer.NO
            : end < bytes.length() ? Answer.YES : Answer.MORE;
    }
}
