package io.weir.protocol.ciscovpn;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.tls.Dtls;

/** Cisco AnyConnect over UDP: DTLS as it was before RFC 4347, with the version 01 00. */
public final class CiscoVpn {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("cisco-vpn", "Cisco AnyConnect")
        .udpPorts(443)
        .firstBytes(0x16)
        .udp(CiscoVpn::detect)
        .datagramParser(ToDtls::new)
        .encrypted()
        .build();

    /** Type, version, epoch, number, length. */
    private static final int RECORD = 13;
    /** Type, length, number, and which part of a message. */
    private static final int HANDSHAKE = 12;

    private CiscoVpn() {
    }

    /** Nothing is its own but the version: the parser of DTLS reads the rest. */
    private static final class ToDtls extends DatagramParser {
        @Override
        protected void begun() {
            // Nothing is kept.
        }

        @Override
        public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
            flow.handOver(Dtls.PROTOCOL);
        }

        @Override
        public void end() {
            // Nothing is kept.
        }
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int length = now.u16(11);
        final int type = now.u8(RECORD);
        if (now.u24(0) != 0x16_0100 || now.u16(3) != 0 || length < HANDSHAKE || length > probe.announced() - RECORD
            || type < 0 || type > 3 || now.u24(RECORD + 6) + now.u24(RECORD + 9) > now.u24(RECORD + 1)
            || now.u24(RECORD + 9) != length - HANDSHAKE) {
            return Answer.NO;
        }
        return type >= 2 && probe.fromClient() && probe.other().isEmpty() ? Answer.YES_TURNED : Answer.YES;
    }
}
