package io.weir.protocol.smtp;

import io.weir.protocol.ProtocolEvent;

/** What is odd in SMTP, under Suricata's names. */
final class SmtpEvents {
    static final ProtocolEvent INVALID_REPLY = new ProtocolEvent("INVALID_REPLY",
        "A line of the server is no reply of SMTP, or has a code that SMTP does not have.");
    static final ProtocolEvent UNMATCHED_REPLY = new ProtocolEvent("UNABLE_TO_MATCH_REPLY_WITH_REQUEST",
        "A reply came that no command had asked for.");
    static final ProtocolEvent TRUNCATED_LINE = new ProtocolEvent("TRUNCATED_LINE",
        "A command or reply is longer than 4,096 bytes, and was cut.");
    static final ProtocolEvent PIPELINED = new ProtocolEvent("INVALID_PIPELINED_SEQUENCE",
        "A client sent commands behind DATA or STARTTLS before it was answered.");
    static final ProtocolEvent NO_WELCOME = new ProtocolEvent("NO_SERVER_WELCOME_MESSAGE",
        "The server's first reply is not that it is ready.");
    static final ProtocolEvent TLS_REJECTED = new ProtocolEvent("TLS_REJECTED", "The server refused STARTTLS.");
    static final ProtocolEvent DATA_REJECTED =
        new ProtocolEvent("DATA_COMMAND_REJECTED", "The server refused to take a message.");

    private SmtpEvents() {
    }

    static ProtocolEvent[] all() {
        return new ProtocolEvent[] {INVALID_REPLY, UNMATCHED_REPLY, TRUNCATED_LINE, PIPELINED, NO_WELCOME,
            TLS_REJECTED, DATA_REJECTED};
    }
}
