package io.weir.packet;

/** Tunnels in UDP. */
final class UdpTunnelDecoder {
    private UdpTunnelDecoder() {
    }

    static boolean isTunnelPort(final int source, final int destination) {
        return false;
    }

    static void decode(final Frame frame, final int source, final int destination, final int offset, final int end) {
    }
}
