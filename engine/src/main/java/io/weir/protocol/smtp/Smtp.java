package io.weir.protocol.smtp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;
import io.weir.protocol.text.Lines;
import io.weir.protocol.text.Words;

/** Simple Mail Transfer Protocol (RFC 5321) and LMTP (RFC 2033), told from FTP by the words of greeting and client. */
public final class Smtp {
    static final RecordType RECORD = RecordType.of("smtp");

    static final Field HELO = Field.of("smtp.helo", FieldType.TEXT, "What the client calls itself.");
    static final Field MAIL_FROM = Field.of("smtp.mail_from", FieldType.TEXT, "Sender in the envelope.");
    static final Field RCPT_TO = Field.listOf("smtp.rcpt_to", FieldType.TEXT, "Recipients in the envelope.");
    static final Field EMAIL = Field.of("email", FieldType.GROUP, "The message that was sent.");
    static final Field STATUS = Field.of("email.status", FieldType.TEXT, "How far the message was seen.");
    static final Field FROM = Field.of("email.from", FieldType.TEXT, "Its From field.");
    static final Field TO = Field.listOf("email.to", FieldType.TEXT, "Addresses of its To field.");
    static final Field CC = Field.listOf("email.cc", FieldType.TEXT, "Addresses of its Cc field.");
    static final Field SUBJECT = Field.of("email.subject", FieldType.TEXT, "Its subject, as written.");
    static final Field DATE = Field.of("email.date", FieldType.TEXT, "Its Date field.");
    static final Field MESSAGE_ID = Field.of("email.message_id", FieldType.TEXT, "Its identifier.");
    static final Field X_MAILER = Field.of("email.x_mailer", FieldType.TEXT, "Program that wrote it.");
    static final Field RECEIVED = Field.listOf("email.received", FieldType.TEXT, "Trace of its way so far.");
    static final Field ATTACHMENT = Field.listOf("email.attachment", FieldType.TEXT, "Names of attached files.");

    static final Field OBJECT = Field.of("smtp", FieldType.GROUP, "The transaction a file belongs to.");

    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("smtp", "Simple Mail Transfer Protocol")
        .tcpPorts(25, 587, 2525, 24).firstBytes("EeHhLlMmRr2345").tcp(Smtp::detect).streamParser(SmtpParser::new)
        .fields(HELO, MAIL_FROM, RCPT_TO, EMAIL, STATUS, FROM, TO, CC, SUBJECT, DATE, MESSAGE_ID, X_MAILER, RECEIVED,
            ATTACHMENT, OBJECT)
        .records(RECORD).events(SmtpEvents.all()).build();

    private static final Words HELLO = Words.of("EHLO", "HELO", "LHLO");
    private static final Words ENVELOPE = Words.of("MAIL FROM", "RCPT TO");
    private static final Words NAMES = Words.of("SMTP", "LMTP");
    private static final Words OTHERS = Words.of("FTP");
    /** Bytes of a line that tell whether it is text. */
    private static final int ENOUGH = 16;

    private Smtp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) > '9') {
            final Answer command = command(now);
            return command == Answer.YES ? probe.yesFromClient() : command;
        }
        final Answer reply = Lines.reply(now);
        if (reply == Answer.NO) {
            return Answer.NO;
        }
        final boolean named = NAMES.areWithin(now, 4, now.length());
        if (named && isGreeting(Lines.code(now, 0))) {
            return probe.yesFromServer();
        }
        if (probe.other().isEmpty()) {
            final boolean greets = now.length() < 3 || isGreeting(Lines.code(now, 0)) || probe.isMidStream();
            return greets && !OTHERS.areWithin(now, 4, now.length()) ? Answer.MORE : Answer.NO;
        }
        final Answer command = command(probe.other());
        return command == Answer.YES ? probe.yesFromServer() : command;
    }

    private static boolean isGreeting(final int code) {
        return code == 220 || code == 421 || code == 554;
    }

    /** A word of a client that no other protocol has, and the beginning of what must follow it. */
    private static Answer command(final Bytes bytes) {
        final Answer hello = HELLO.at(bytes, 0);
        if (hello != Answer.YES) {
            final Answer envelope = ENVELOPE.at(bytes, 0);
            return envelope == Answer.YES ? envelopeBegins(bytes) : envelope == Answer.MORE ? envelope : hello;
        }
        final int next = bytes.u8(4);
        if (next == '\r' || next == '\n') {
            return bytes.length() < 6 && next == '\r' ? Answer.MORE
                : next == '\n' ? bytes.length() == 5 || isWord(bytes, 5) ? Answer.YES : Answer.NO
                : bytes.u8(5) == '\n' ? Answer.YES : Answer.NO;
        }
        return next != ' ' ? Answer.NO : bytes.length() < 7 ? Answer.MORE
            : isWord(bytes, 5) ? Answer.YES : Answer.NO;
    }

    /** True if a name or command begins with a letter, digit or sign of ASCII, and the line goes on as text. */
    private static boolean isWord(final Bytes bytes, final int at) {
        final int first = bytes.u8(at);
        return first > ' ' && first < 0x7f
            && Lines.areText(bytes, at, Math.min(Lines.end(bytes, at), at + ENOUGH));
    }

    private static Answer envelopeBegins(final Bytes bytes) {
        final int colon = ENVELOPE.length(ENVELOPE.find(bytes, 0));
        final int next = bytes.u8(colon);
        return next == ':' || next == ' ' ? Answer.YES : Answer.NO;
    }
}
