package io.weir.protocol.quic;

import java.nio.charset.StandardCharsets;

/** Names of TLS extensions as records write them: IANA's registry, with Suricata's spelling. */
final class ExtensionNames {
    private static final String[] FIRST = {
        "server_name", "max_fragment_length", "client_certificate_url", "trusted_ca_keys", "truncated_hmac",
        "status_request", "user_mapping", "client_authz", "server_authz", "cert_type", "supported_groups",
        "ec_point_formats", "srp", "signature_algorithms", "use_srtp", "heartbeat", "alpn", "status_request_v2",
        "signed_certificate_timestamp", "client_certificate_type", "server_certificate_type", "padding",
        "encrypt_then_mac", "extended_master_secret", "token_binding", "cached_info", "tls_lts",
        "compress_certificate", "record_size_limit", "pwd_protect", "pwd_clear", "password_salt", "ticket_pinning",
        "tls_cert_with_extern_psk", "delegated_credentials", "session_ticket", "tlmsp", "tlmsp_proxying",
        "tlmsp_delegate", "supported_ekt_ciphers", null, "pre_shared_key", "early_data", "supported_versions",
        "cookie", "psk_key_exchange_modes", null, "certificate_authorities", "oid_filters", "post_handshake_auth",
        "signature_algorithms_cert", "key_share", "transparency_info", "connection_id_deprecated", "connection_id",
        "external_id_hash", "external_session_id", "quic_transport_parameters", "ticket_request", "dnssec_chain"};
    private static final byte[][] NAMES = new byte[FIRST.length][];
    private static final byte[] NEXT_PROTOCOL = ascii("next_protocol_negotiation");
    private static final byte[] RENEGOTIATION = ascii("renegotiation_info");

    static {
        for (int i = 0; i < FIRST.length; i++) {
            NAMES[i] = FIRST[i] == null ? null : ascii(FIRST[i]);
        }
    }

    private ExtensionNames() {
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The name of an extension, or null. */
    static byte[] of(final int type) {
        if (type < NAMES.length) {
            return NAMES[type];
        }
        return type == 0x3374 ? NEXT_PROTOCOL : type == 0xff01 ? RENEGOTIATION : null;
    }
}
