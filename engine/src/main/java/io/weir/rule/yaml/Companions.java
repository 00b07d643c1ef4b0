package io.weir.rule.yaml;

import io.weir.protocol.Protocol;
import java.util.Set;

/** Which protocols one flow may be at once or one after the other, and over what they run. */
final class Companions {
    /** Anything may follow these, or be within them. */
    private static final Set<String> CARRIERS = Set.of("socks", "proxy-protocol", "netbios-ssn", "tls", "dtls", "quic",
        "stun", "rtsp", "sip", "ike", "nomachine", "cisco-vpn", "smb");
    private static final Set<String> HTTP = Set.of("http", "http2");
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;

    private Companions() {
    }

    /** False if no flow is both. */
    static boolean mayShareFlow(final Protocol one, final Protocol other) {
        if (one == other || !isRecognised(one) || !isRecognised(other)) {
            return true;
        }
        final boolean overUdp = one.detector(true) != null && other.detector(true) != null;
        final boolean overTcp = one.detector(false) != null && other.detector(false) != null;
        if (!overUdp && !overTcp) {
            return false;
        }
        return CARRIERS.contains(one.name()) || CARRIERS.contains(other.name())
            || followsHttp(one, other) || followsHttp(other, one);
    }

    /** Tunnels of CONNECT and upgrades lead to services of TCP, and messages of DNS are carried. */
    private static boolean followsHttp(final Protocol first, final Protocol then) {
        return HTTP.contains(first.name()) && then.detector(false) != null;
    }

    /** What is no more than a label, or a kind of record, may be of any flow. */
    private static boolean isRecognised(final Protocol protocol) {
        return protocol.detector(true) != null || protocol.detector(false) != null;
    }

    /** False if it is never recognised over a transport, by its number of IP. */
    static boolean mayRunOver(final Protocol protocol, final int transport) {
        if (!isRecognised(protocol)) {
            return true;
        }
        return switch (transport) {
            case TCP -> protocol.detector(false) != null;
            case UDP -> protocol.detector(true) != null;
            case SCTP -> protocol.sctpDetector() != null || protocol.sctpPorts().length > 0
                || protocol.sctpPayloads().length > 0;
            default -> false;
        };
    }
}
