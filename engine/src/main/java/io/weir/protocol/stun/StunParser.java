package io.weir.protocol.stun;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;
import io.weir.protocol.NameKind;
import io.weir.protocol.Protocol;
import io.weir.protocol.rtcp.Rtcp;
import io.weir.protocol.rtp.Rtp;
import io.weir.protocol.telegram.TelegramCall;
import io.weir.protocol.viber.Viber;
import java.nio.charset.StandardCharsets;

/**
 * Follows a flow that began with STUN until it is known what it carries: reads what attributes tell of the product,
 * looks into the channels of TURN, labels RTP and RTCP, and hands over to what else follows, which mostly is DTLS.
 */
final class StunParser extends DatagramParser {
    /** Datagrams after which nothing more is waited for. */
    private static final int MAX_DATAGRAMS = 96;
    private static final int MAX_UNKNOWN = 4;
    private static final int MAX_ATTRIBUTES = 24;
    private static final int REALM = 0x0014;
    private static final int DATA = 0x0013;
    private static final int SOFTWARE = 0x8022;
    private static final int KEPT = 12;

    private static final byte[][] REALMS = {ascii("telegram.org"), ascii("google.com"), ascii("viber.com"),
        ascii("signal.org"), ascii("facebook.com"), ascii("messenger.com"), ascii("whatsapp.net"),
        ascii("skype.com")};
    private static final Protocol[] CALLS = {TelegramCall.PROTOCOL, Calls.GOOGLE, Viber.PROTOCOL, Calls.SIGNAL,
        Calls.MESSENGER, Calls.MESSENGER, Calls.WHATSAPP, Calls.TEAMS};

    private final byte[][] last = {new byte[KEPT], new byte[KEPT]};
    private final int[] lastLength = new int[2];
    private final Bytes before = new Bytes();
    private int datagrams;
    private int unknown;
    private boolean byClient;
    private boolean byServer;
    private boolean confirmed;

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    protected void begun() {
        lastLength[0] = 0;
        lastLength[1] = 0;
        datagrams = 0;
        unknown = 0;
        byClient = false;
        byServer = false;
        confirmed = false;
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        final int type = payload.u16(0);
        if (type >= 0 && type < 0x4000) {
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
        if (!Stun.isMessage(payload, 0, payload.u16(2) + Stun.HEADER)) {
            return;
        }
        int at = Stun.HEADER;
        for (int i = 0; i < MAX_ATTRIBUTES && payload.has(at, 4); i++) {
            final int length = payload.u16(at + 2);
            if (!payload.has(at + 4, length)) {
                return;
            }
            attribute(fromClient, payload, payload.u16(at), at + 4, length);
            at += 4 + (length + 3 & ~3);
        }
    }

    private void attribute(final boolean fromClient, final Bytes payload, final int type, final int at,
        final int length) {
        switch (type) {
            case REALM -> realm(payload, at, length);
            case SOFTWARE -> flow.name(NameKind.USER_AGENT, payload, at, length);
            case DATA -> media(fromClient, payload, at, length);
            case 0x4000, 0x4001, 0x4002, 0x4003, 0x4004, 0x4007 -> flow.label(Calls.WHATSAPP);
            case 0x8054, 0x8055, 0x8070 -> flow.label(Calls.TEAMS);
            case 0xff03 -> flow.label(Calls.GOOGLE);
            default -> {
                // Says nothing of the product.
            }
        }
    }

    private void realm(final Bytes payload, final int at, final int length) {
        flow.name(NameKind.HOST, payload, at, length);
        for (int i = 0; i < REALMS.length; i++) {
            final int from = at + length - REALMS[i].length;
            if (from >= at && payload.matchesIgnoringCase(from, REALMS[i])
                && (from == at || payload.u8(from - 1) == '.')) {
                flow.label(CALLS[i]);
                return;
            }
        }
    }

    @Override
    public void end() {
        // Nothing is kept beyond the flow.
    }
}
