package io.weir.protocol.softether;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * SoftEther VPN's search for a way through NAT: its servers are told the address they are seen with, and both sides
 * exchange packs, lists of named values (Mayaqua/Pack.h in its sources). The tunnels themselves are TLS.
 */
public final class SoftEther {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("softether", "SoftEther VPN")
        .udpPorts(5004)
        .firstBytes("I")
        .firstBytes(0)
        .udp(SoftEther::detect)
        .build();

    private static final byte[] ADDRESS = "IP=".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PORT = ",PORT=".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_TEXT = 64;
    private static final int MOST_VALUES = 64;
    private static final int LONGEST_NAME = 32;
    /** Kinds of values: number, data, text, text in Unicode, long number. */
    private static final int LAST_KIND = 4;

    private SoftEther() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) == 'I') {
            return isAddress(b) ? probe.yesFromServer() : Answer.NO;
        }
        return probe.onPort(5004) && isPack(b) ? Answer.YES : Answer.NO;
    }

    private static boolean isAddress(final Bytes b) {
        final int port = b.indexOf(PORT, ADDRESS.length);
        final long number = port < 0 ? -1 : b.decimal(port + PORT.length, b.length());
        if (b.length() > LONGEST_TEXT || !b.startsWith(ADDRESS) || port <= ADDRESS.length || number < 1
            || number > 0xffff) {
            return false;
        }
        for (int i = ADDRESS.length; i < port; i++) {
            final int value = b.u8(i);
            if ((value < '0' || value > ':') && value != '.' && (value < 'a' || value > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** How many values; length and letters of the first one's name, the length one more; its kind and how often. */
    private static boolean isPack(final Bytes b) {
        final long count = b.u32(0);
        final int name = (int) b.u32(4) - 1;
        if (count < 1 || count > MOST_VALUES || name < 1 || name > LONGEST_NAME) {
            return false;
        }
        final int end = 8 + name;
        final long kind = b.u32(end);
        final long times = b.u32(end + 4);
        return b.isPrintable(8, name) && kind >= 0 && kind <= LAST_KIND && times >= 1 && times <= MOST_VALUES;
    }
}
