package io.weir.protocol.http;

/** What a connection becomes with a response. */
enum Upgrade {
    /** It goes on with HTTP/1.x. */
    NONE,
    /** The connection to somebody else that CONNECT asked for. */
    TUNNEL,
    /** WebSocket frames. */
    WEBSOCKET,
    /** HTTP/2 in clear text. */
    HTTP2,
    /** Something else, that a 101 response has switched to. */
    OTHER
}
