package io.weir.protocol.rtsp;

import io.weir.protocol.Protocol;

/** Real Time Streaming Protocol, RFC 2326 and RFC 7826. Its parser announces the media flows that SETUP agrees on. */
public final class Rtsp {
    /** RTSP. */
    public static final Protocol PROTOCOL = Protocol.named("rtsp", "Real Time Streaming Protocol")
        .tcpPorts(554, 8554)
        .firstBytes("ADGOPRST$")
        .tcp(RtspDetector::detect)
        .streamParser(RtspParser::new)
        .build();

    private Rtsp() {
    }
}
