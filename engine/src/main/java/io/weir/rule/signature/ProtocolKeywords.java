package io.weir.rule.signature;

import io.weir.protocol.Field;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Step;
import io.weir.rule.model.Step.Content;
import io.weir.rule.model.Step.FastPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keywords of protocols that ask words. */
final class ProtocolKeywords {
    private static final Map<String, String> VERSIONS = Map.of("sslv2", "SSLv2", "sslv3", "SSLv3", "tls1.0", "TLSv1",
        "tls1.1", "TLS 1.1", "tls1.2", "TLS 1.2", "tls1.3", "TLS 1.3");

    /** Numbers as hellos have them; 0x7f.. are drafts of TLS 1.3, from 16 on. */
    private static final Map<String, String> VERSIONS_OF_TLS = new TreeMap<>(Map.of("1.0", "TLSv1", "1.1", "TLS 1.1",
        "1.2", "TLS 1.2", "1.3", "TLS 1.3", "0x0300", "SSLv3", "0x0301", "TLSv1", "0x0302", "TLS 1.1",
        "0x0303", "TLS 1.2", "0x0304", "TLS 1.3"));

    static {
        for (int draft = 16; draft <= 28; draft++) {
            VERSIONS_OF_TLS.put("0x7f" + Integer.toHexString(draft), "TLS 1.3 draft-" + draft);
        }
    }

    private ProtocolKeywords() {
    }

    static void addTo(final KeywordTable table) {
        word(table, "tls.version", "tls.version", VERSIONS_OF_TLS, "Version of TLS, as 1.2 or as 0x0303.");
        contained(table, "tls.subject", null, "tls.subject", "Subject of the server's certificate contains this.");
        contained(table, "tls.issuerdn", null, "tls.issuerdn", "Issuer of the server's certificate contains this.");
        contained(table, "ssh.softwareversion", "ssh.client.software_version", "ssh.server.software_version",
            "Software of the side that the rule looks at contains this.");
        sshVersion(table);
        contained(table, "tls.fingerprint", null, "tls.fingerprint", "Fingerprint of the server's certificate.");
        word(table, "rfb.secresult", "rfb.authentication.security_result", Map.of("ok", "OK", "0", "OK",
            "fail", "FAIL", "1", "FAIL", "toomany", "TOOMANY", "2", "TOOMANY"), "Result of the authentication.");
        dataCommand(table);
        word(table, "ftp.mode", "ftp.mode", Map.of("active", "active", "passive", "passive"),
            "Which side opens the data connection.");
        word(table, "ftp.reply_received", "ftp.reply_received", Map.of("yes", "yes", "true", "yes", "on", "yes",
            "no", "no", "false", "no", "off", "no"), "Whether a command was answered.");
        final List<Field> command = table.fields().find("ftp.command");
        final List<Field> data = table.fields().find("ftp.command_data");
        if (!command.isEmpty() && !data.isEmpty()) {
            table.add("ftpbounce", "A PORT command names another address than the client's.", (draft, option) -> {
                option.needNone();
                draft.conditions.add(new Condition.OtherAddress(command.get(0), data.get(0)));
            });
        }
        flags(table, "mqtt.flags", Map.of("dup", "mqtt.dup", "retain", "mqtt.retain"));
        flags(table, "mqtt.connect.flags", Map.of("username", "mqtt.flags.username", "password",
            "mqtt.flags.password", "will", "mqtt.flags.will", "will_retain", "mqtt.flags.will_retain",
            "clean_session", "mqtt.flags.clean_session"));
        final Field present = one(table, "mqtt.session_present");
        table.add("mqtt.connack.session_present", "Whether the server has kept the client's session.",
            (draft, option) -> {
                final String word = option.need();
                if (!word.matches("yes|true|no|false")) {
                    throw RejectedException.error("a session is present, yes or no");
                }
                draft.conditions.add(truth(present, "yes".equals(word) || "true".equals(word)));
            });
        versions(table);
        states(table);
        dceInterface(table);
        table.partly("tls.store tls_store", "The rule's alert; certificates are not stored.", (draft, option) ->
            draft.note(option, RejectedException.error("certificates are not stored; the rule alerts all the same")));
    }

    private static void dataCommand(final KeywordTable table) {
        final Field command = one(table, "ftp_data.command");
        if (command == null) {
            return;
        }
        table.partly("ftpdata_command", "Command that a data connection of FTP serves, of rules that ask for content "
            + "in ftp-data traffic, or for nothing else, which match a connection once; others are left out.",
            (draft, option) -> {
                final String word = option.need().toLowerCase(Locale.ROOT);
                if (!word.matches("[a-z]{3,4}")) {
                    throw RejectedException.error("there is no command " + Option.shown(word));
                }
                draft.dataCommand = new AcrossFlows.Announced.Content(command, word);
            });
    }

    /** A keyword whose value stands for the text of a field. */
    private static void word(final KeywordTable table, final String name, final String field,
        final Map<String, String> texts, final String sentence) {
        final BufferWord word = new BufferWord(name, null, field, field, false);
        if (!word.exists(table.fields())) {
            table.not(name, "no parser tells " + field);
            return;
        }
        table.add(name, sentence, (draft, option) -> {
            final String value = Option.unquoted(option.need()).toLowerCase(Locale.ROOT);
            final boolean negated = value.startsWith("!");
            final String text = texts.get(negated ? value.substring(1) : value);
            if ("unknown".equals(value)) {
                throw RejectedException.unsupported(name + " tells no values that are unknown");
            }
            if (text == null) {
                throw RejectedException.unknown(name + " has no " + Option.shown(value), value, texts.keySet());
            }
            draft.find(word).steps.add(equal(text, negated, true));
        });
    }

    private static void contained(final KeywordTable table, final String name, final String client,
        final String server, final String sentence) {
        final BufferWord word = new BufferWord(name, null, client, server, false);
        if (!word.exists(table.fields())) {
            table.not(name, "no parser tells " + server);
            return;
        }
        table.add(name, sentence, (draft, option) -> {
            final String value = option.need();
            final boolean negated = value.startsWith("!");
            final String text = Option.unquoted(negated ? value.substring(1).strip() : value);
            if (text.isEmpty()) {
                throw RejectedException.error(name + " needs a text");
            }
            draft.find(word).steps.add(equal(text, negated, false));
        });
    }

    private static Field one(final KeywordTable table, final String name) {
        return table.fields().find(name).stream().findFirst().orElse(null);
    }

    private static Condition truth(final Field field, final boolean value) {
        return new Condition.FieldNumber(field, Buffer.Side.EITHER, NumberSet.of(value ? 1 : 0));
    }

    /** Truths of a message, all of which must be as they are said. */
    private static void flags(final KeywordTable table, final String name, final Map<String, String> fields) {
        final Map<String, Field> flags = new TreeMap<>();
        fields.forEach((word, field) -> flags.put(word, one(table, field)));
        table.add(name, "Flags of the message, each set or, behind an exclamation mark, not: "
            + String.join(", ", flags.keySet()) + ".", (draft, option) -> {
                for (final String part : option.parts()) {
                    final boolean not = part.startsWith("!");
                    final String flag = not ? part.substring(1) : part;
                    if (!flags.containsKey(flag)) {
                        throw RejectedException.unknown(name + " has no " + Option.shown(flag), flag, flags.keySet());
                    }
                    draft.conditions.add(truth(flags.get(flag), !not));
                }
            });
    }

    private static void sshVersion(final KeywordTable table) {
        final BufferWord word = BufferWords.of("ssh.proto");
        table.add("ssh.protoversion", "Version of SSH of the side that the rule looks at, or 2_compat for 2 and 1.99.",
            (draft, option) -> {
                final String value = Option.unquoted(option.need());
                if (!value.matches("2_compat|[0-9]{1,3}(?:\\.[0-9]{1,3})?")) {
                    throw RejectedException.error("a version is like 2.0, or 2_compat, not " + Option.shown(value));
                }
                final String pattern = "2_compat".equals(value) ? "(?:2|1\\.99)" : value.replace(".", "\\.");
                draft.find(word).steps.add(new Step.Match("^" + pattern, "", false, false, List.of()));
            });
    }

    private static void versions(final KeywordTable table) {
        final BufferWord word = new BufferWord("ssl_version", null, "tls.version", "tls.version", false);
        table.partly("ssl_version", "One of several versions of TLS; a list is negated as a whole or not at all.",
            (draft, option) -> {
                final List<String> texts = new ArrayList<>();
                int negated = 0;
                final List<String> parts = option.parts();
                for (final String part : parts) {
                    final boolean not = part.startsWith("!");
                    final String text = VERSIONS.get((not ? part.substring(1) : part).toLowerCase(Locale.ROOT));
                    if (text == null) {
                        throw RejectedException.unknown("there is no version " + Option.shown(part), part,
                            VERSIONS.keySet());
                    }
                    negated += not ? 1 : 0;
                    texts.add(text.replace(".", "\\."));
                }
                if (negated != 0 && negated != parts.size()) {
                    throw RejectedException.unsupported("ssl_version negates all of its versions or none");
                }
                draft.find(word).steps.add(new Step.Match("^(?:" + String.join("|", texts) + ")$", "", negated != 0,
                    false, List.of()));
            });
    }

    /** That a side has said hello, in its messages; what follows is encrypted or tells a rule nothing more. */
    private static void states(final KeywordTable table) {
        final String hello = "tls.random";
        final String client = "client_hello";
        final String server = "server_hello";
        table.partly("ssl_state", "A hello of the client, of the server or of either was seen; rules that ask another "
            + "state are left out.", (draft, option) -> {
                final Set<String> asked = new HashSet<>(List.of(option.need().split("\\s*[|,]\\s*", -1)));
                for (final String state : asked) {
                    if (!state.equals(client) && !state.equals(server)) {
                        throw RejectedException.unsupported("of states of handshakes only " + client + " and " + server
                            + " are told");
                    }
                }
                draft.find(new BufferWord("ssl_state", null, asked.contains(client) ? hello : null,
                    asked.contains(server) ? hello : null, false))
                    .steps.add(new Step.Length(NumberSet.between(1, Long.MAX_VALUE)));
            });
    }

    private static void dceInterface(final KeywordTable table) {
        final BufferWord word = new BufferWord("dcerpc.iface", null, "dcerpc.iface", null, true);
        if (!word.exists(table.fields())) {
            table.not("dcerpc.iface dce_iface", "no parser tells dcerpc.iface");
            return;
        }
        table.partly("dcerpc.iface dce_iface", "An interface by UUID, of any version or of one.", (draft, option) -> {
            final List<String> parts = option.parts();
            final String uuid = parts.get(0).toLowerCase(Locale.ROOT);
            if (!uuid.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
                throw RejectedException.error('"' + Option.shown(uuid) + "\" is no UUID");
            }
            String version = "";
            for (final String part : parts.subList(1, parts.size())) {
                if (part.startsWith("=")) {
                    version = Long.toString(Numbers.number(part.substring(1), 0, 65_535));
                } else if (!"any_frag".equals(part)) {
                    throw RejectedException.unsupported("dcerpc.iface asks one version, not " + Option.shown(part));
                }
            }
            draft.find(word).steps.add(new Content(ContentText.literal(uuid + "," + version), false, false, null, null,
                null, null, true, !version.isEmpty(), FastPattern.UNSAID));
        });
    }

    private static Step equal(final String text, final boolean negated, final boolean whole) {
        return new Content(ContentText.literal(text), false, negated, null, null, null, null, whole, whole,
            FastPattern.UNSAID);
    }
}
