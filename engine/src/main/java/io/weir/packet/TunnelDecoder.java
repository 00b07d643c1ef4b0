package io.weir.packet;

/** Tunnels directly on IP. */
final class TunnelDecoder {
    private TunnelDecoder() {
    }

    static void decode(final Frame frame, final int protocol, final int offset, final int end) {
    }
}
