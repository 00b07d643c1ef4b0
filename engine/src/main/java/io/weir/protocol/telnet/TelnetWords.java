package io.weir.protocol.telnet;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.RecordType;
import io.weir.protocol.WeirObject;

/**
 * The words in which sessions are told: a record for each attempt to log in, or one without. EVE's schema has no record
 * of Telnet, so all of it stands in {@code weir}.
 */
final class TelnetWords {
    static final RecordType RECORD = RecordType.of("telnet", WeirObject.KEY);

    static final Field SESSION = Field.of("weir.telnet", FieldType.GROUP, "An attempt to log in, or what led to none.");
    static final Field CLIENT_OPTIONS = Field.listOf("telnet.client_options", FieldType.TEXT,
        "What the client offers, refuses and asks for, as command and option.");
    static final Field SERVER_OPTIONS =
        Field.listOf("telnet.server_options", FieldType.TEXT, "The same of the server.");
    static final Field TERMINAL = Field.of("telnet.terminal", FieldType.TEXT, "Terminal of the client.");
    static final Field PROMPT =
        Field.of("telnet.prompt", FieldType.TEXT, "Line in which the server asks for the user.");
    static final Field USER = Field.of("telnet.user", FieldType.TEXT,
        "User: what the client answered, or offered as its environment. The password is not told.");

    private TelnetWords() {
    }

    static Field[] all() {
        return new Field[] {WeirObject.FIELD, SESSION, CLIENT_OPTIONS, SERVER_OPTIONS, TERMINAL, PROMPT, USER};
    }
}
