package io.weir.protocol.sip;

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

/** Session Initiation Protocol (RFC 3261), over UDP and TCP. */
public final class Sip {
    static final RecordType RECORD = RecordType.of("sip");

    static final Field METHOD = Field.of("sip.method", FieldType.TEXT, "Method of the request.");
    static final Field URI = Field.of("sip.uri", FieldType.TEXT, "Whom the request is for.");
    static final Field VERSION = Field.of("sip.version", FieldType.TEXT, "Version of the message.");
    static final Field REQUEST_LINE = Field.of("sip.request_line", FieldType.TEXT, "First line of the request.");
    static final Field CODE = Field.of("sip.code", FieldType.TEXT, "Status code of the response.");
    static final Field REASON = Field.of("sip.reason", FieldType.TEXT, "Text of the status.");
    static final Field RESPONSE_LINE = Field.of("sip.response_line", FieldType.TEXT, "First line of the response.");

    /** Headers that rules may look at, in the order of their names in {@link SipMessage}. */
    static final Field[] HEADERS = {header("content_length", "Content-Length"), header("content_type", "Content-Type"),
        header("from", "From"), header("to", "To"), header("via", "Via"), header("user_agent", "User-Agent")};

    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("sip", "Session Initiation Protocol")
        .tcpPorts(5060).udpPorts(5060, 5061).firstBytes("IABCORPSNMUQDH").tcp(Sip::detect).udp(Sip::detect)
        .streamParser(SipStreamParser::new).datagramParser(SipDatagramParser::new)
        .fields(METHOD, URI, VERSION, REQUEST_LINE, CODE, REASON, RESPONSE_LINE)
        .fields(HEADERS).fields(SdpFields.ALL).records(RECORD).build();

    static final byte[] VERSION_2 = "SIP/2.0".getBytes(StandardCharsets.US_ASCII);
    private static final Words METHODS = Words.of("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "PRACK",
        "SUBSCRIBE", "NOTIFY", "PUBLISH", "INFO", "REFER", "MESSAGE", "UPDATE");
    private static final int LONGEST_LINE = 1024;

    private Sip() {
    }

    private static Field header(final String name, final String header) {
        return Field.inspected("sip." + name, "Value of the header " + header + '.');
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Answer answer = now.u8(0) == 'S' && now.u8(1) != 'U' ? response(now) : request(now);
        if (answer == Answer.MORE && probe.isUdp()) {
            return Answer.NO;
        }
        return answer != Answer.YES ? answer
            : now.u8(0) == 'S' && now.u8(1) == 'I' ? probe.yesFromServer() : probe.yesFromClient();
    }

    private static Answer response(final Bytes now) {
        final Answer version = now.beginsWith(VERSION_2);
        final int code = VERSION_2.length + 1;
        if (version != Answer.YES || now.length() < code + 4) {
            return version == Answer.YES ? Answer.MORE : version;
        }
        return now.u8(code - 1) == ' ' && Lines.code(now, code) > 0 && now.u8(code + 3) == ' ' ? Answer.YES : Answer.NO;
    }

    private static Answer request(final Bytes now) {
        final Answer method = METHODS.at(now, 0);
        if (method != Answer.YES) {
            return method;
        }
        final int end = Lines.end(now, 0);
        if (end > LONGEST_LINE || !Lines.areText(now, 0, end)) {
            return Answer.NO;
        }
        if (end == now.length()) {
            return Answer.MORE;
        }
        final int trimmed = now.u8(end - 1) == '\r' ? end - 1 : end;
        return now.matches(trimmed - VERSION_2.length, VERSION_2) && now.u8(trimmed - VERSION_2.length - 1) == ' '
            ? Answer.YES : Answer.NO;
    }
}
