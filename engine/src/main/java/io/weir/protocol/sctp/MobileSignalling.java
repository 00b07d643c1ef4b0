package io.weir.protocol.sctp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.util.List;

/**
 * Application protocols between the nodes of mobile networks (3GPP, O-RAN): their messages are built alike, of a
 * procedure and information elements, in aligned PER (X.691). So the chunk or the port says which one a message is of,
 * and its structure whether it is of one at all.
 */
public final class MobileSignalling {
    /** Between base stations of LTE and the core, TS 36.413. */
    public static final Protocol S1AP = alike("s1ap", "S1 Application Protocol (LTE)", 18, 36412);
    /** Between base stations of LTE, TS 36.423. */
    public static final Protocol X2AP = alike("x2ap", "X2 Application Protocol (LTE)", 27, 36422);
    /** Between base stations of 5G and the core, TS 38.413. */
    public static final Protocol NGAP = alike("ngap", "NG Application Protocol (5G)", 60, 38412);
    /** Between base stations of 5G, TS 38.423. */
    public static final Protocol XNAP = alike("xnap", "Xn Application Protocol (5G)", 61, 38422);
    /** Between the central and the distributed units of a base station of 5G, TS 38.473. */
    public static final Protocol F1AP = alike("f1ap", "F1 Application Protocol (5G)", 62, 38472);
    /** Between control and user plane of a central unit of 5G, TS 37.483. */
    public static final Protocol E1AP = alike("e1ap", "E1 Application Protocol (5G)", 64, 38462);
    /** Between the units of a base station of LTE, TS 37.473. */
    public static final Protocol W1AP = alike("w1ap", "W1 Application Protocol (LTE)", 73, 37472);
    /** Between base stations and a controller near them, O-RAN.WG3.E2AP. */
    public static final Protocol E2AP = alike("e2ap", "E2 Application Protocol (O-RAN)", 70, 37464);
    /** Multicast between base stations and their coordination, TS 36.443. */
    public static final Protocol M2AP = alike("m2ap", "M2 Application Protocol (LTE multicast)", 43, 36443);
    /** Multicast between coordination and core, TS 36.444. */
    public static final Protocol M3AP = alike("m3ap", "M3 Application Protocol (LTE multicast)", 44, 36444);
    /** Between cell broadcast centres and the core, TS 29.168. */
    public static final Protocol SBCAP = alike("sbcap", "SBc Application Protocol (cell broadcast)", 24, 29168);
    /** Between location servers and the core, TS 29.171. */
    public static final Protocol LCSAP = alike("lcsap", "LCS Application Protocol (location)", 29, 9082);
    /** Between home base stations of UMTS and their gateway, TS 25.468. */
    public static final Protocol RUA = alike("rua", "RANAP User Adaption (UMTS)", 19);
    /** Registration of home base stations of UMTS, TS 25.469. */
    public static final Protocol HNBAP = alike("hnbap", "Home Node B Application Part (UMTS)", 20);
    /** Between cell broadcast centres and UMTS, TS 25.419. */
    public static final Protocol SABP = alike("sabp", "Service Area Broadcast Protocol (UMTS)", 31, 3452);
    /** Between controllers and base stations of UMTS, TS 25.433. */
    public static final Protocol NBAP = Protocol.named("nbap", "Node B Application Part (UMTS)")
        .sctp(probe -> probe.payloadProtocol() == 25 ? Answer.yesIf(isNodeB(probe)) : Answer.NO, 25)
        .build();

    /** All of them. */
    public static final List<Protocol> ALL = List.of(S1AP, X2AP, NGAP, XNAP, F1AP, E1AP, W1AP, E2AP, M2AP, M3AP, SBCAP,
        LCSAP, RUA, HNBAP, SABP, NBAP);

    private static final int MOST_CHOICE = 0x60;
    private static final int MOST_CRITICALITY = 0x80;
    private static final int LONG_LENGTH = 0x80;
    /** From here on content comes in pieces of 16 KiB. */
    private static final int IN_PIECES = 0xc0;

    private MobileSignalling() {
    }

    private static Protocol alike(final String name, final String title, final int payload, final int port) {
        return Protocol.named(name, title)
            .sctpPorts(port)
            .sctp(probe -> Answer.yesIf((probe.payloadProtocol() == payload || probe.onPort(port)) && isMessage(probe)),
                payload)
            .build();
    }

    /** One that shares its port. */
    private static Protocol alike(final String name, final String title, final int payload) {
        return Protocol.named(name, title)
            .sctp(probe -> Answer.yesIf(probe.payloadProtocol() == payload && isMessage(probe)), payload)
            .build();
    }

    /** One of three or four kinds, a procedure, what to do if it is not known, and elements that fill the rest. */
    private static boolean isMessage(final Probe probe) {
        final Bytes now = probe.now();
        return isKind(now.u8(0)) && isCriticality(now.u8(2)) && isContent(now, 3, probe.announced());
    }

    /** The procedure is one of a division duplex, and there are a discriminator and a transaction besides. */
    private static boolean isNodeB(final Probe probe) {
        final Bytes now = probe.now();
        final int bits = now.u8(2);
        final boolean isLong = (bits & 2) != 0;
        final int padding = isLong ? bits & 1 : now.u8(3) & 3;
        return isKind(now.u8(0)) && bits >= 0 && bits < 0x60 && (bits & 0x18) != 0x18 && padding == 0
            && isContent(now, isLong ? 5 : 4, probe.announced());
    }

    private static boolean isKind(final int first) {
        return (first & 0x1f) == 0 && first <= MOST_CHOICE;
    }

    private static boolean isCriticality(final int value) {
        return (value & 0x3f) == 0 && value <= MOST_CRITICALITY;
    }

    /** A length that is that of the rest, then how many elements there are, and the first of them. */
    private static boolean isContent(final Bytes now, final int at, final int whole) {
        final int first = now.u8(at);
        if (first < 0 || first >= IN_PIECES) {
            return false;
        }
        final int from = first < LONG_LENGTH ? at + 1 : at + 2;
        final int end = from + (first < LONG_LENGTH ? first : now.u16(at) & 0x3fff);
        final int elements = now.u16(from + 1);
        return (whole > 0 ? end == whole : end > now.length()) && now.has(from, 3) && (now.u8(from) & 0x3f) == 0
            && (elements == 0 ? end == from + 3 : elements < 256 && isCriticality(now.u8(from + 5)));
    }
}
