package io.weir.protocol;

/** Where a name came from that may tell the application. */
public enum NameKind {
    /** Server name in a TLS or QUIC hello, HTTP host, or the like: what the client asked for. */
    HOST,
    /** Subject or alternative name of the server's certificate. */
    CERTIFICATE,
    /** Organization of the subject of the server's certificate. */
    ORGANIZATION,
    /** An application protocol offered in a hello. */
    ALPN,
    /** User agent of an HTTP request. */
    USER_AGENT
}
