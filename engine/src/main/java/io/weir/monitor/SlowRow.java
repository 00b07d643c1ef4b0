package io.weir.monitor;

import io.weir.packet.AddressText;
import io.weir.protocol.catalogue.Protocols;
import io.weir.stats.IpProtocol;
import io.weir.stats.SlowFrame;

/**
 * A frame that was slow, as it is shown. Times in ns.
 *
 * @param endNs       when it was done with, since 1970
 * @param ns          until its verdict
 * @param part        which part of its way took longest
 * @param partNs      how long that took
 * @param worker      which
 * @param batchFrames frames of its batch
 * @param length      bytes on the wire
 * @param source      address and port
 * @param destination the same; both empty if it is no IP
 * @param protocol    what its flow was recognised as, or its IP protocol
 */
public record SlowRow(long endNs, long ns, String part, long partNs, int worker, int batchFrames, int length,
    String source, String destination, String protocol) {

    private static final String[] PARTS = {"block wait", "dispatch", "queue wait", "work"};

    /** Takes over what a frame says. */
    static SlowRow of(final SlowFrame frame) {
        final long[] parts = {frame.live ? frame.visibleNs - frame.stampNs : 0, frame.dispatchedNs - frame.visibleNs,
            frame.beginNs - frame.dispatchedNs, frame.endNs - frame.beginNs};
        int longest = 0;
        for (int i = 1; i < parts.length; i++) {
            longest = parts[i] > parts[longest] ? i : longest;
        }
        return new SlowRow(frame.endNs, frame.rankNs, PARTS[longest], parts[longest], frame.worker, frame.batchFrames,
            frame.length, endpoint(frame.ipVersion, frame.sourceHi, frame.sourceLo, frame.sourcePort),
            endpoint(frame.ipVersion, frame.destinationHi, frame.destinationLo, frame.destinationPort),
            frame.recognised != 0 ? Protocols.name(frame.recognised)
                : frame.ipVersion == 0 ? "" : IpProtocol.label(frame.protocol & 0xff));
    }

    /** An address and a port, if there is one; empty if it is no IP. */
    static String endpoint(final int ipVersion, final long hi, final long lo, final int port) {
        if (ipVersion == 0) {
            return "";
        }
        final String address = address(ipVersion, hi, lo);
        return port == 0 ? address : ipVersion == 4 ? address + ":" + port : "[" + address + "]:" + port;
    }

    static String address(final int ipVersion, final long hi, final long lo) {
        return ipVersion == 4 ? AddressText.v4((int) lo) : AddressText.v6(hi, lo);
    }
}
