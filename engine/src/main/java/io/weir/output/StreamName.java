package io.weir.output;

import io.weir.event.FlowEvent;
import io.weir.packet.AddressText;

/** Names of stream files: numbers and addresses alone, so that nothing from the wire can choose them. */
final class StreamName {
    private StreamName() {
    }

    /** {@code SRC.PORT-DST.PORT}, with the initiator of the record as source. */
    static String endpoints(final FlowEvent stream) {
        return address(stream.ipVersion(), stream.initiatorHi(), stream.initiatorLo()) + '.' + stream.initiatorPort()
            + '-' + address(stream.ipVersion(), stream.responderHi(), stream.responderLo()) + '.'
            + stream.responderPort();
    }

    /** The name of the stream with this number between its endpoints: a number stands behind those after the first. */
    static String of(final String endpoints, final int number) {
        return number == 1 ? endpoints : endpoints + '-' + number;
    }

    private static String address(final int ipVersion, final long hi, final long lo) {
        return ipVersion == 4 ? AddressText.v4((int) lo) : AddressText.v6(hi, lo);
    }
}
