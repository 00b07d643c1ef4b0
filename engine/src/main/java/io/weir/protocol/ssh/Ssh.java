package io.weir.protocol.ssh;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;
import io.weir.protocol.text.Lines;
import java.nio.charset.StandardCharsets;

/** Secure Shell, versions 1 and 2 (RFC 4251, 4253). Both sides begin with the same kind of line. */
public final class Ssh {
    static final RecordType RECORD = RecordType.of("ssh");

    static final Field CLIENT = Field.of("ssh.client", FieldType.GROUP, "What the client said of itself.");
    static final Field CLIENT_VERSION = Field.of("ssh.client.proto_version", FieldType.TEXT,
        "Protocol version of the client's identification line.");
    static final Field CLIENT_SOFTWARE = Field.of("ssh.client.software_version", FieldType.TEXT,
        "Software of the client's identification line.");
    static final Field CLIENT_HASSH = Field.of("ssh.client.hassh", FieldType.GROUP,
        "Fingerprint of the client's key exchange offer.");
    static final Field CLIENT_HASSH_HASH = Field.of("ssh.client.hassh.hash", FieldType.HEX,
        "HASSH: MD5 of the client's algorithms.");
    static final Field CLIENT_HASSH_STRING = Field.of("ssh.client.hassh.string", FieldType.TEXT,
        "The client's algorithms: key exchange, encryption, MAC, compression.");
    static final Field SERVER = Field.of("ssh.server", FieldType.GROUP, "What the server said of itself.");
    static final Field SERVER_VERSION = Field.of("ssh.server.proto_version", FieldType.TEXT,
        "Protocol version of the server's identification line.");
    static final Field SERVER_SOFTWARE = Field.of("ssh.server.software_version", FieldType.TEXT,
        "Software of the server's identification line.");
    static final Field SERVER_HASSH = Field.of("ssh.server.hassh", FieldType.GROUP,
        "Fingerprint of the server's key exchange offer.");
    static final Field SERVER_HASSH_HASH = Field.of("ssh.server.hassh.hash", FieldType.HEX,
        "HASSHServer: MD5 of the server's algorithms.");
    static final Field SERVER_HASSH_STRING = Field.of("ssh.server.hassh.string", FieldType.TEXT,
        "The server's algorithms: key exchange, encryption, MAC, compression.");

    static final Field HASSH = Field.inspected("ssh.hassh", "HASSH of the client as 32 hexadecimal digits.");
    static final Field HASSH_SERVER =
        Field.inspected("ssh.hassh.server", "HASSH of the server as 32 hexadecimal digits.");

    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("ssh", "Secure Shell")
        .tcpPorts(22).firstBytes("S").tcp(Ssh::detect).streamParser(SshParser::new)
        .fields(CLIENT, CLIENT_VERSION, CLIENT_SOFTWARE, CLIENT_HASSH, CLIENT_HASSH_HASH, CLIENT_HASSH_STRING,
            SERVER, SERVER_VERSION, SERVER_SOFTWARE, SERVER_HASSH, SERVER_HASSH_HASH, SERVER_HASSH_STRING,
            HASSH, HASSH_SERVER)
        .records(RECORD).encrypted().build();

    static final byte[] MAGIC = "SSH-".getBytes(StandardCharsets.US_ASCII);

    private Ssh() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Answer magic = now.beginsWith(MAGIC);
        if (magic != Answer.YES) {
            return magic;
        }
        // "1.5-", "1.99-" or "2.0-", then at least one character of the software's name
        final int hyphen = now.indexOf('-', MAGIC.length, MAGIC.length + 6);
        final int end = hyphen < 0 ? now.length() : hyphen;
        for (int i = MAGIC.length; i < end; i++) {
            final int value = now.u8(i);
            final boolean fits = i == MAGIC.length ? value == '1' || value == '2'
                : i == MAGIC.length + 1 ? value == '.' : value >= '0' && value <= '9';
            if (!fits) {
                return Answer.NO;
            }
        }
        if (hyphen < 0) {
            return now.length() > MAGIC.length + 5 ? Answer.NO : Answer.MORE;
        }
        if (!Lines.areText(now, hyphen + 1, Math.min(Lines.end(now, hyphen), hyphen + 5))) {
            return Answer.NO;
        }
        return hyphen < MAGIC.length + 3 ? Answer.NO : now.length() > hyphen + 4
            || now.indexOf('\n', hyphen) > 0 ? Answer.YES : Answer.MORE;
    }
}
