package io.weir.rule.signature;

import io.weir.rule.model.Buffer.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All buffers that rules may name, and how they name them. */
final class BufferWords {
    /** All rows by the name of their buffer. */
    private static final Map<String, Row> ROWS = new LinkedHashMap<>();

    static {
        ofFrames();
        ofHttp();
        ofFiles();
        ofNames();
        ofTls();
        ofSsh();
        ofMail();
        ofFtp();
        ofSmb();
        ofSip();
        ofSdp();
        ofMqtt();
        ofOthers();
    }

    /** The URI as {@code uricontent} asks it. */
    static final BufferWord URI = of("http.uri");

    private BufferWords() {
    }

    /**
     * How a buffer is named.
     *
     * @param word      the buffer
     * @param names     keywords that content stands behind, the usual one first
     * @param modifiers keywords that stand behind the content they move
     */
    record Row(BufferWord word, List<String> names, List<String> modifiers) {
    }

    /** All of them. */
    static List<Row> rows() {
        return new ArrayList<>(ROWS.values());
    }

    /** A buffer by its usual name. */
    static BufferWord of(final String name) {
        return ROWS.get(name).word();
    }

    private static void put(final String names, final String modifiers, final Part part, final String client,
        final String server, final boolean multiple) {
        final List<String> all = List.of(names.split(" "));
        final BufferWord word = new BufferWord(all.get(0), part, client, server, multiple);
        ROWS.put(all.get(0), new Row(word, all, modifiers.isEmpty() ? List.of() : List.of(modifiers.split(" "))));
    }

    private static void frame(final String name, final Part part) {
        put(name, "", part, null, null, false);
    }

    private static void client(final String names, final String fields) {
        put(names, "", null, fields, null, false);
    }

    private static void server(final String names, final String fields) {
        put(names, "", null, null, fields, false);
    }

    private static void both(final String names, final String fields) {
        put(names, "", null, fields, fields, false);
    }

    private static void each(final String names, final String client, final String server) {
        put(names, "", null, client, server, true);
    }

    private static void old(final String names, final String modifiers, final String client, final String server) {
        put(names, modifiers, null, client, server, false);
    }

    private static void ofFrames() {
        frame("ether.hdr", Part.ETHERNET);
        frame("ipv4.hdr", Part.IPV4);
        frame("ipv6.hdr", Part.IPV6);
        frame("tcp.hdr", Part.TCP);
        frame("udp.hdr", Part.UDP);
        frame("icmpv4.hdr", Part.ICMPV4);
        frame("icmpv6.hdr", Part.ICMPV6);
        frame("ip.src", Part.SOURCE_ADDRESS);
        frame("ip.dst", Part.DESTINATION_ADDRESS);
    }

    private static void ofHttp() {
        old("http.uri", "http_uri", "http.uri.normalized|http.uri", null);
        old("http.uri.raw", "http_raw_uri", "http.uri.raw|http.uri", null);
        old("http.method", "http_method", "http.method", null);
        client("http.request_line http_request_line", "http.request_line");
        server("http.response_line http_response_line", "http.response_line");
        both("http.protocol http_protocol", "http.protocol.sent|http.protocol");
        old("http.host", "http_host", "http.host.normalized|http.host", null);
        old("http.host.raw", "http_raw_host", "http.host.raw|http.host", null);
        old("http.user_agent", "http_user_agent", "http.user_agent", null);
        client("http.referer http_referer", "http.referer");
        old("http.header", "http_header", "http.header", "http.header");
        old("http.header.raw", "http_raw_header", "http.header.raw", "http.header.raw");
        both("http.header_names http_header_names", "http.header_names");
        each("http.request_header", "http.request_header", null);
        each("http.response_header", null, "http.response_header");
        both("http.start http_start", "http.start");
        old("http.cookie", "http_cookie", "http.cookie", "http.cookie");
        client("http.accept http_accept", "http.accept");
        client("http.accept_enc http_accept_enc", "http.accept_enc");
        client("http.accept_lang http_accept_lang", "http.accept_lang");
        both("http.connection http_connection", "http.connection");
        both("http.content_len http_content_len", "http.content_len");
        both("http.content_type http_content_type", "http.content_type.sent|http.content_type");
        server("http.location http_location", "http.location");
        server("http.server http_server", "http.server");
        old("http.stat_code", "http_stat_code", null, "http.stat_code|http.status_string");
        old("http.stat_msg", "http_stat_msg", null, "http.stat_msg");
        old("http.request_body", "http_client_body", "http.request_body", null);
        old("http.response_body", "http_server_body", null, "file.data");
        each("http2.header_name", "http2.header_name", "http2.header_name");
    }

    private static void ofFiles() {
        each("file.data file_data", "file.data", "file.data");
        each("file.name", "file.name", "file.name");
    }

    private static void ofNames() {
        each("dns.query dns_query", "dns.queries.rrname", null);
        for (final String section : new String[] {"queries", "answers", "authorities", "additionals"}) {
            for (final String protocol : new String[] {"dns", "llmnr", "mdns"}) {
                final String name = protocol + "." + section + ".rrname";
                each(name + formerName(protocol, section), name, name);
            }
        }
        each("dns.response.rrname", null, "dns.response.rrname");
        for (final String protocol : new String[] {"llmnr", "mdns"}) {
            each(protocol + ".response.rrname", null, protocol + ".queries.rrname+" + protocol + ".answers.rrname+"
                + protocol + ".authorities.rrname+" + protocol + ".additionals.rrname+" + names(protocol));
        }
    }

    /** What Suricata 8.0.0 called it. */
    private static String formerName(final String protocol, final String section) {
        return !"dns".equals(protocol) ? "" : switch (section) {
            case "queries" -> " dns.query.name";
            case "answers" -> " dns.answer.name";
            default -> "";
        };
    }

    /** Names that records of a response hold. */
    private static String names(final String protocol) {
        final StringBuilder fields = new StringBuilder();
        for (final String section : new String[] {"answers", "authorities", "additionals"}) {
            for (final String field : new String[] {"rdata", "cname", "mx", "ns", "ptr", "soa.mname"}) {
                fields.append(fields.isEmpty() ? "" : "+").append(protocol).append('.').append(section).append('.')
                    .append(field);
            }
        }
        return fields.toString();
    }

    private static void ofTls() {
        client("tls.sni tls_sni", "tls.sni");
        server("tls.cert_subject tls_cert_subject", "tls.subject");
        server("tls.cert_issuer tls_cert_issuer", "tls.issuerdn");
        server("tls.cert_serial tls_cert_serial", "tls.serial");
        server("tls.cert_fingerprint tls_cert_fingerprint", "tls.fingerprint");
        each("tls.certs", "tls.certs", "tls.certs");
        each("tls.subjectaltname", null, "tls.subjectaltname");
        each("tls.alpn", "tls.client_alpns", "tls.server_alpns");
        both("tls.random", "tls.random");
        both("tls.random_time", "tls.random_time");
        both("tls.random_bytes", "tls.random_bytes");
        client("ja3.hash ja3_hash", "tls.ja3.hash+quic.ja3.hash");
        client("ja3.string ja3_string", "tls.ja3.string+quic.ja3.string");
        server("ja3s.hash", "tls.ja3s.hash+quic.ja3s.hash");
        server("ja3s.string", "tls.ja3s.string+quic.ja3s.string");
        client("ja4.hash", "tls.ja4+quic.ja4");
        client("quic.sni", "quic.sni");
        client("quic.ua", "quic.ua");
        both("quic.version", "quic.version");
        each("quic.cyu.hash", "quic.cyu.hash", null);
        each("quic.cyu.string", "quic.cyu.string", null);
    }

    private static void ofSsh() {
        final String client = "ssh.client.";
        final String server = "ssh.server.";
        put("ssh.proto ssh_proto", "", null, client + "proto_version", server + "proto_version", false);
        put("ssh.software ssh_software", "", null, client + "software_version", server + "software_version", false);
        client("ssh.hassh", "ssh.hassh");
        client("ssh.hassh.string", client + "hassh.string");
        server("ssh.hassh.server", "ssh.hassh.server");
        server("ssh.hassh.server.string", server + "hassh.string");
    }

    private static void ofMail() {
        client("smtp.helo", "smtp.helo");
        client("smtp.mail_from", "smtp.mail_from");
        each("smtp.rcpt_to", "smtp.rcpt_to", null);
        for (final String name : new String[] {"from", "subject", "date", "message_id", "x_mailer", "body_md5"}) {
            client("email." + name, "email." + name);
        }
        for (final String name : new String[] {"to", "cc", "received", "url"}) {
            each("email." + name, "email." + name, null);
        }
    }

    private static void ofFtp() {
        client("ftp.command", "ftp.command");
        client("ftp.command_data", "ftp.command_data");
        each("ftp.reply", null, "ftp.reply");
        each("ftp.completion_code", null, "ftp.completion_code");
    }

    private static void ofSmb() {
        client("smb.named_pipe smb_named_pipe", "smb.named_pipe");
        client("smb.share smb_share", "smb.share");
        client("smb.ntlmssp_user", "smb.user");
        client("smb.ntlmssp_domain", "smb.domain");
        both("dcerpc.stub_data dce_stub_data", "dcerpc.stub_data");
        each("krb5_cname krb5.cname", "krb5.cname.part", "krb5.cname.part");
        each("krb5_sname krb5.sname", "krb5.sname.part", "krb5.sname.part");
        both("snmp.community", "snmp.community");
        both("snmp.usm", "snmp.usm");
    }

    private static void ofSip() {
        client("sip.method", "sip.method");
        client("sip.uri", "sip.uri");
        client("sip.request_line", "sip.request_line");
        server("sip.stat_code", "sip.code");
        server("sip.stat_msg", "sip.reason");
        server("sip.response_line", "sip.response_line");
        both("sip.protocol", "sip.version");
        for (final String name : new String[] {"from", "to", "via", "user_agent", "content_type", "content_length"}) {
            each("sip." + name, "sip." + name, "sip." + name);
        }
    }

    /** What a session is described by, in messages of SIP. */
    private static void ofSdp() {
        for (final String name : new String[] {"origin", "session_name", "session_info", "uri", "email",
            "phone_number", "connection_data", "timezone", "encryption_key"}) {
            both("sdp." + name, "sip.sdp." + name);
        }
        each("sdp.bandwidth", "sip.sdp.bandwidths", "sip.sdp.bandwidths");
        each("sdp.time", "sip.sdp.time_descriptions.time", "sip.sdp.time_descriptions.time");
        each("sdp.repeat_time", "sip.sdp.time_descriptions.repeat_time", "sip.sdp.time_descriptions.repeat_time");
        each("sdp.attribute", "sip.sdp.attributes", "sip.sdp.attributes");
        for (final String name : new String[] {"media", "media_info", "connection_data", "encryption_key"}) {
            final String field = "sip.sdp.media_descriptions." + name;
            each("sdp.media." + name, field, field);
        }
    }

    private static void ofMqtt() {
        final String connect = "mqtt.connect.";
        client(connect + "clientid", "mqtt.client_id");
        client(connect + "username", "mqtt.username");
        client(connect + "password", "mqtt.password");
        client(connect + "willtopic", "mqtt.will.topic");
        client(connect + "willmessage", "mqtt.will.message");
        client(connect + "protocol_string", "mqtt.protocol_string");
        both("mqtt.publish.topic", "mqtt.topic");
        both("mqtt.publish.message", "mqtt.message");
        each("mqtt.subscribe.topic", "mqtt.subscribe.topics", null);
        each("mqtt.unsubscribe.topic", "mqtt.unsubscribe.topics", null);
    }

    private static void ofOthers() {
        server("rfb.name", "rfb.framebuffer.name");
        client("ike.init_spi", "ike.init_spi.text");
        server("ike.resp_spi", "ike.resp_spi.text");
        each("ike.vendor", "ike.vendor", "ike.vendor");
        both("ike.key_exchange_payload", "ike.key_exchange_payload");
        both("ike.nonce_payload", "ike.nonce_payload");
        client("ldap.request.dn", "ldap.request.dn");
        each("ldap.request.attribute_type", "ldap.request.attribute_type", null);
        each("ldap.responses.dn", null, "ldap.responses.dn");
        each("ldap.responses.attribute_type", null, "ldap.responses.attribute_type");
        each("ldap.responses.message", null, "ldap.responses.message");
        client("pgsql.query", "pgsql.query");
        both("websocket.payload", "websocket.payload");
    }
}
