package io.weir.rule.signature;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Places;
import io.weir.rule.model.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keywords that compare a number of a transaction. */
final class NumberKeywords {
    private static final Map<String, Long> NONE = Map.of();
    private static final Set<String> INDEXES = Set.of("any", "all", "all_or_absent", "or_absent", "nb", "oob_or");

    private final KeywordTable table;

    private NumberKeywords(final KeywordTable table) {
        this.table = table;
    }

    static void addTo(final KeywordTable table) {
        final NumberKeywords keywords = new NumberKeywords(table);
        keywords.ofNames();
        keywords.ofTls();
        keywords.ofHttp2();
        keywords.ofMqtt();
        keywords.ofOthers();
    }

    private void ofNames() {
        both("dns.opcode", "dns.opcode", NONE);
        both("dns.rcode", "dns.rcode.number", numbered(0, "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP",
            "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE"));
        final Map<String, Long> types = new LinkedHashMap<>(numbered(1, "A", "NS"));
        types.putAll(Map.of("CNAME", 5L, "SOA", 6L, "NULL", 10L, "PTR", 12L, "MX", 15L, "TXT", 16L, "AAAA", 28L,
            "SRV", 33L));
        types.putAll(Map.of("NAPTR", 35L, "OPT", 41L, "DS", 43L, "SSHFP", 44L, "RRSIG", 46L, "NSEC", 47L,
            "DNSKEY", 48L, "HTTPS", 65L, "ANY", 255L));
        both("dns.rrtype", "dns.rrtype.number", types);
    }

    private void ofTls() {
        server("tls.cert_chain_len", "tls.cert_chain_len", NONE);
    }

    private void ofHttp2() {
        both("http2.errorcode", "http2.errorcode", numbered(0, "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR",
            "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL",
            "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED"));
        both("http2.frametype", "http2.frametype", numbered(0, "DATA", "HEADERS", "PRIORITY", "RSTSTREAM", "SETTINGS",
            "PUSHPROMISE", "PING", "GOAWAY", "WINDOWUPDATE", "CONTINUATION"));
        both("http2.priority", "http2.priority", NONE);
        both("http2.window", "http2.window", NONE);
        both("http2.size_update", "http2.size_update", NONE);
    }

    private void ofMqtt() {
        both("mqtt.type", "mqtt.type.number", numbered(1, "CONNECT", "CONNACK", "PUBLISH", "PUBACK", "PUBREC",
            "PUBREL", "PUBCOMP", "SUBSCRIBE", "SUBACK", "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP",
            "DISCONNECT", "AUTH"));
        both("mqtt.qos", "mqtt.qos", NONE);
        both("mqtt.protocol_version", "mqtt.protocol_version", NONE);
        server("mqtt.reason_code mqtt.connack.return_code", "mqtt.reason_code+mqtt.return_code", NONE);
    }

    private void ofOthers() {
        both("filesize", "file.size", NONE);
        both("snmp.version", "snmp.version", NONE);
        both("snmp.pdu_type", "snmp.pdu_type.number", numbered(0, "get_request", "get_next_request", "response",
            "set_request", "trap_v1", "get_bulk_request", "inform_request", "trap_v2", "report"));
        server("rfb.sectype", "rfb.authentication.security_type", NONE);
        both("smb.version smb_version", "smb.version.number", NONE);
        client("dcerpc.opnum dce_opnum", "dcerpc.opnum", NONE);
        both("krb5_msg_type krb5.msg_type", "krb5.msg_type.number", Map.of("AS_REQ", 10L, "AS_REP", 11L,
            "TGS_REQ", 12L, "TGS_REP", 13L, "AP_REQ", 14L, "AP_REP", 15L, "ERROR", 30L));
        server("krb5_err_code krb5.err_code", "krb5.err_code.number", NONE);
        both("ike.exchtype", "ike.exchange_type", NONE);
        both("ike.key_exchange_payload_length", "ike.key_exchange_payload_length", NONE);
        both("ike.nonce_payload_length", "ike.nonce_payload_length", NONE);
        both("dhcp.leasetime", "dhcp.lease_time", NONE);
        both("dhcp.rebinding_time", "dhcp.rebinding_time", NONE);
        both("dhcp.renewal_time", "dhcp.renewal_time", NONE);
        final Map<String, Long> operations = new LinkedHashMap<>(numbered(0, "bind_request", "bind_response",
            "unbind_request", "search_request", "search_result_entry", "search_result_done", "modify_request",
            "modify_response", "add_request", "add_response", "del_request", "del_response", "mod_dn_request",
            "mod_dn_response", "compare_request", "compare_response", "abandon_request"));
        operations.putAll(Map.of("search_result_reference", 19L, "extended_request", 23L, "extended_response", 24L,
            "intermediate_response", 25L));
        client("ldap.request.operation", "ldap.request.operation.number", operations);
        server("ldap.responses.operation", "ldap.responses.operation.number", operations);
        server("ldap.responses.count", "ldap.responses.count", NONE);
        server("ldap.responses.result_code", "ldap.responses.result_code.number", NONE);
        both("websocket.opcode", "websocket.opcode", Map.of("continuation", 0L, "text", 1L, "binary", 2L,
            "connection_close", 8L, "ping", 9L, "pong", 10L));
        both("websocket.mask", "websocket.mask", NONE);
        both("websocket.flags", "websocket.flags", Map.of("comp", 0x40L, "fin", 0x80L));
        both("nfs.version nfs_version", "nfs.version", NONE);
        both("nfs_procedure", "nfs_procedure", NONE);
        both("enip_command enip.command", "enip_command", NONE);
        server("ftp.dynamic_port", "ftp.dynamic_port", NONE);
    }

    private static Map<String, Long> numbered(final long first, final String... words) {
        final Map<String, Long> numbers = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i++) {
            numbers.put(words[i], first + i);
        }
        return numbers;
    }

    private void client(final String names, final String fields, final Map<String, Long> words) {
        put(names, fields, null, words);
    }

    private void server(final String names, final String fields, final Map<String, Long> words) {
        put(names, null, fields, words);
    }

    private void both(final String names, final String fields, final Map<String, Long> words) {
        put(names, fields, fields, words);
    }

    private void put(final String names, final String client, final String server, final Map<String, Long> words) {
        final BufferWord word = new BufferWord(names.split(" ")[0], null, client, server, false);
        final String fields = client == null ? server : client;
        if (word.exists(table.fields())) {
            table.add(names, "Number in " + fields + ".", (draft, option) ->
                draft.questions.add(question(word, option, words)));
        } else {
            table.not(names, "no parser tells " + fields);
        }
    }

    /** {@code count NUMBER}, or {@code NUMBER}, and which of several values it is: {@code NUMBER,INDEX}. */
    private static Question question(final BufferWord word, final Option option, final Map<String, Long> words)
        throws RejectedException {
        final String text = option.need();
        final String[] counted = text.split("\\s+", 2);
        if (counted.length == 2 && "count".equals(counted[0])) {
            return new Question(word, Numbers.set(counted[1]), null, true, option);
        }
        final int comma = text.indexOf(',');
        if (comma < 0) {
            return new Question(word, Numbers.set(text, words), null, false, option);
        }
        return new Question(word, Numbers.set(text.substring(0, comma).strip(), words),
            places(text.substring(comma + 1).strip()), false, option);
    }

    /** Which of several values; null for any. */
    private static Places places(final String text) throws RejectedException {
        if (text.indexOf(',') >= 0) {
            throw RejectedException.unsupported("parts of all values are not asked");
        }
        if (text.startsWith("nb")) {
            return Places.times(Numbers.set(text.substring(2).strip()));
        }
        if (text.startsWith("oob_or ")) {
            return Places.at((int) Numbers.number(text.substring(7), Short.MIN_VALUE, Short.MAX_VALUE), true);
        }
        return switch (text) {
            case "any" -> null;
            case "or_absent" -> new Places(Places.Kind.ANY, 0, null, true);
            case "all" -> Places.all(false);
            case "all_or_absent" -> Places.all(true);
            default -> at(text);
        };
    }

    private static Places at(final String text) throws RejectedException {
        try {
            return Places.at(Short.parseShort(text), false);
        } catch (final NumberFormatException e) {
            throw RejectedException.unknown('"' + Option.shown(text) + "\" is no place of a value; write for example "
                + "0, -1, all or nb>2", text, INDEXES);
        }
    }

    /**
     * A number of a transaction that a rule in the making asks.
     *
     * @param places  null for any value
     * @param counted true if it is the number of values that is asked
     */
    record Question(BufferWord word, NumberSet numbers, Places places, boolean counted, Option option) {
        /** True if what the sides tell is something else, and it cannot hold of one that tells nothing. */
        boolean isOfOneSide(final FieldNames names) {
            final boolean maybeOfNone = counted ? numbers.contains(0) : places != null && places.maybeOfNone();
            return !maybeOfNone && word.differsBySide(names);
        }

        /** The condition, once the rule's direction is known. */
        Condition resolve(final FieldNames names, final Condition.Direction direction) throws RejectedException {
            final Buffer buffer = word.resolve(names, direction);
            if (counted) {
                return new Condition.FieldCount(buffer, numbers);
            } else if (places != null) {
                return new Condition.FieldPlaces(buffer, numbers, places);
            }
            final List<Condition> any = new ArrayList<>();
            final List<Field> texts = new ArrayList<>();
            for (final Field field : buffer.fields()) {
                if (field.type() == FieldType.NUMBER) {
                    any.add(new Condition.FieldNumber(field, buffer.side(), numbers));
                } else {
                    texts.add(field);
                }
            }
            if (!texts.isEmpty()) {
                any.add(new Condition.BufferCondition(new Buffer(buffer.name(), Buffer.Level.TRANSACTION, null, texts,
                    buffer.side()), List.of(), List.of(new Step.Amount(numbers))));
            }
            return any.size() == 1 ? any.get(0) : new Condition.Any(any);
        }
    }
}
