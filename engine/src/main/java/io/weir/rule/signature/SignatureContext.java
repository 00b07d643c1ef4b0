package io.weir.rule.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What rule files take for granted: variables, classes, references, and where their data sets lie. Set up by one
 * thread; not changed while rules are loaded.
 *
 * <p>{@code HOME_NET} is the private networks of RFC 1918. {@code EXTERNAL_NET} is any address: on a span port what
 * happens within the home network counts as well.
 */
public final class SignatureContext {
    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, String> ports = new HashMap<>();
    private final ClassTypes classTypes = new ClassTypes();
    private final References references = new References();
    private final FieldNames fields;
    private Path folder;

    /** Suricata's defaults, but for {@code EXTERNAL_NET}. */
    public SignatureContext() {
        this(FieldNames.ofCatalogue());
    }

    SignatureContext(final FieldNames fields) {
        this.fields = fields;
        address("HOME_NET", "[192.168.0.0/16,10.0.0.0/8,172.16.0.0/12]");
        address("EXTERNAL_NET", "any");
        for (final String servers : new String[] {"HTTP", "SMTP", "SQL", "DNS", "TELNET", "DC", "FTP", "SSH", "SIP",
            "SNMP", "IMAP", "POP3"}) {
            address(servers + "_SERVERS", "$HOME_NET");
        }
        address("DNP3_SERVER", "$HOME_NET");
        address("DNP3_CLIENT", "$HOME_NET");
        address("MODBUS_CLIENT", "$HOME_NET");
        address("MODBUS_SERVER", "$HOME_NET");
        address("ENIP_CLIENT", "$HOME_NET");
        address("ENIP_SERVER", "$HOME_NET");
        address("AIM_SERVERS", "$EXTERNAL_NET");
        port("HTTP_PORTS", "80");
        port("SHELLCODE_PORTS", "!80");
        port("ORACLE_PORTS", "1521");
        port("SSH_PORTS", "22");
        port("DNP3_PORTS", "20000");
        port("MODBUS_PORTS", "502");
        port("FILE_DATA_PORTS", "[$HTTP_PORTS,110,143]");
        port("FTP_PORTS", "21");
        port("GENEVE_PORTS", "6081");
        port("VXLAN_PORTS", "4789");
        port("TEREDO_PORTS", "3544");
        port("SIP_PORTS", "[5060,5061]");
        port("SNMP_PORTS", "[161,162]");
    }

    /**
     * Sets an address variable.
     *
     * @param name  without the dollar sign
     * @param value as rules write addresses
     */
    public SignatureContext address(final String name, final String value) {
        addresses.put(name, value);
        return this;
    }

    /** Sets a port variable, in the same way. */
    public SignatureContext port(final String name, final String value) {
        ports.put(name, value);
        return this;
    }

    /** The folder that names of data set files are relative to; that of the rule file unless set. */
    public SignatureContext folder(final Path value) {
        folder = value;
        return this;
    }

    /** Adds the classes of a {@code classification.config}. */
    public SignatureContext classifications(final Path file) throws IOException {
        classTypes.read(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Adds the systems of a {@code reference.config}. */
    public SignatureContext references(final Path file) throws IOException {
        references.read(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        return this;
    }

    Map<String, String> addresses() {
        return addresses;
    }

    Map<String, String> ports() {
        return ports;
    }

    ClassTypes classTypes() {
        return classTypes;
    }

    References references() {
        return references;
    }

    FieldNames fields() {
        return fields;
    }

    Path folder() {
        return folder;
    }
}
