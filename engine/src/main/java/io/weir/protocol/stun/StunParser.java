package io.weir.protocol.stun;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;
import io.weir.protocol.rtcp.Rtcp;
import io.weir.protocol.rtp.Rtp;

/**
 * Follows a flow that began with STUN until it is known what it carries: reads what attributes tell of the product,
 * looks into the channels of TURN, labels RTP and RTCP, and hands over to what else follows, which mostly is DTLS.
 */
final class StunParser extends DatagramParser {
    /** Datagrams after which nothing more is waited for. */
    private static final int MAX_DATAGRAMS = 96;
    private static final int MAX_UNKNOWN = 4;
    private static final int KEPT = 12;
    /** First bytes from 4 on are those of other protocols: RFC 7983. */
    private static final int FIRST_OF_OTHERS = 0x400;

    private final byte[][] last = {new byte[KEPT], new byte[KEPT]};
    private final int[] lastLength = new int[2];
    private final StunTeller teller = new StunTeller();
    private final Bytes before = new Bytes();
    private int datagrams;
    private int unknown;
    private boolean byClient;
    private boolean byServer;
    private boolean confirmed;

    @Override
    protected void begun() {
        lastLength[0] = 0;
        lastLength[1] = 0;
        teller.begin();
        datagrams = 0;
        unknown = 0;
        byClient = false;
        byServer = false;
        confirmed = false;
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        final int type = payload.u16(0);
        if (type >= 0 && type < FIRST_OF_OTHERS) {
            message(fromClient, payload);
        } else if (type >= 0x4000 && type < 0x8000 && payload.u16(2) >= 0 && payload.u16(2) + 4 <= announced) {
            media(fromClient, payload, 4, payload.u16(2));
        } else if (!media(fromClient, payload, 0, announced)) {
            if (isDtls(payload, 0)) {
                flow.handOver(null);
                return;
            }
            unknown++;
        }
        datagrams++;
        if (datagrams >= MAX_DATAGRAMS || unknown >= MAX_UNKNOWN) {
            flow.done();
        }
    }

    private static boolean isDtls(final Bytes payload, final int at) {
        final int type = payload.u8(at);
        return type >= 20 && type <= 25 && payload.u8(at + 1) == 0xfe && payload.u8(at + 2) >= 0xfc;
    }

    /** Two packets of RTP that follow each other, or one of RTCP, say what the flow is for. */
    private boolean media(final boolean fromClient, final Bytes payload, final int at, final int length) {
        if (Rtcp.packets(payload, at, length) > 0) {
            flow.label(Rtcp.PROTOCOL);
            return true;
        }
        if (!Rtp.isPacket(payload, at, length)) {
            return false;
        }
        final int side = fromClient ? 0 : 1;
        if (Rtp.follows(before.wrap(last[side], 0, lastLength[side]), payload, at)) {
            flow.label(Rtp.PROTOCOL);
            flow.done();
        }
        for (int i = 0; i < KEPT; i++) {
            last[side][i] = (byte) payload.u8(at + i);
        }
        lastLength[side] = KEPT;
        return true;
    }

    private void message(final boolean fromClient, final Bytes payload) {
        byClient |= fromClient;
        byServer |= !fromClient;
        if (byClient && byServer && !confirmed) {
            confirmed = true;
            flow.confirm();
        }
        teller.message(flow, fromClient, payload);
        if (!Stun.isMessage(payload, 0, payload.u16(2) + Stun.HEADER)) {
            return;
        }
        final int data = Product.tell(flow, payload);
        if (data >= 0) {
            media(fromClient, payload, data + 4, payload.u16(data + 2));
        }
    }

    @Override
    public void end() {
        // Nothing is kept beyond the flow.
    }
}
