package io.weir.protocol.imap;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.RecordType;
import io.weir.protocol.WeirObject;

/**
 * The words in which commands are told, in the shape of POP3's records. EVE's schema has no record of IMAP, so all of
 * it stands in {@code weir}.
 */
final class ImapWords {
    static final RecordType RECORD = RecordType.of("imap", WeirObject.KEY);

    static final Field EXCHANGE =
        Field.of("weir.imap", FieldType.GROUP, "A command and its answer, or the server's greeting.");
    static final Field REQUEST = Field.of("imap.request", FieldType.GROUP, "What the client asked.");
    static final Field TAG = Field.of("imap.request.tag", FieldType.TEXT, "Tag by which the answer is found.");
    static final Field COMMAND = Field.of("imap.request.command", FieldType.TEXT, "Command, in upper case.");
    static final Field USER = Field.of("imap.request.user", FieldType.TEXT,
        "User of LOGIN, or of AUTHENTICATE by PLAIN, LOGIN or XOAUTH2. Passwords are not told.");
    static final Field MAILBOX = Field.of("imap.request.mailbox", FieldType.TEXT, "Mailbox the command is about.");
    static final Field ARGS = Field.listOf("imap.request.args", FieldType.TEXT,
        "Arguments of other commands; of AUTHENTICATE its mechanism.");
    static final Field RESPONSE = Field.of("imap.response", FieldType.GROUP, "What the server answered.");
    static final Field DATA = Field.listOf("imap.response.data", FieldType.TEXT,
        "Lines of the answer without a tag, but not those of messages.");
    static final Field SUCCESS =
        Field.of("imap.response.success", FieldType.BOOLEAN, "Whether the answer is positive.");
    static final Field STATUS =
        Field.of("imap.response.status", FieldType.TEXT, "OK, NO or BAD; of greetings OK, PREAUTH or BYE.");
    static final Field HEADER = Field.of("imap.response.header", FieldType.TEXT, "Text behind the status.");

    private ImapWords() {
    }

    static Field[] all() {
        return new Field[] {WeirObject.FIELD, EXCHANGE, REQUEST, TAG, COMMAND, USER, MAILBOX, ARGS, RESPONSE, DATA,
            SUCCESS, STATUS, HEADER};
    }
}
