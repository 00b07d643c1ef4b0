package io.weir.reassembly;

import io.weir.flow.FlowView;
import io.weir.packet.AddressText;

/** Source and destination of a stream as text. */
final class StreamNames {
    private StreamNames() {
    }

    static String of(final FlowView flow, final boolean fromInitiator) {
        final String lower = endpoint(flow.ipVersion(), flow.lowerHi(), flow.lowerLo(), flow.lowerPort());
        final String upper = endpoint(flow.ipVersion(), flow.upperHi(), flow.upperLo(), flow.upperPort());
        return fromInitiator == flow.initiatorIsUpper() ? upper + " > " + lower : lower + " > " + upper;
    }

    private static String endpoint(final int ipVersion, final long hi, final long lo, final int port) {
        return (ipVersion == 4 ? AddressText.v4((int) lo) : AddressText.v6(hi, lo)) + ":" + port;
    }
}
