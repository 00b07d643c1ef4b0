package io.weir.capture.live;

import io.weir.capture.CaptureException;
import io.weir.capture.afxdp.AfXdpContext;
import io.weir.capture.pfring.PfRingContext;
import io.weir.capture.tpacket.TpacketContext;

/**
 * One interface to capture from, with the settings of every back end that may come to do it.
 *
 * @param wanted back end to use, or null for the best that works
 */
public record LiveContext(BackEnd wanted, TpacketContext tpacket, AfXdpContext afXdp, PfRingContext pfRing) {
    /** Through a packet socket. */
    public static LiveContext of(final TpacketContext tpacket) {
        return new LiveContext(BackEnd.TPACKET_V3, tpacket, new AfXdpContext().interfaceName(tpacket.interfaceName()),
            new PfRingContext().interfaceName(tpacket.interfaceName()));
    }

    /** The interface. */
    public String interfaceName() {
        return tpacket.interfaceName();
    }

    /**
     * Validates the settings that can come to be used; nothing can be changed afterwards.
     *
     * @throws CaptureException for a setting that cannot work, with what to do
     */
    public LiveContext conclude() {
        tpacket.conclude();
        if (wanted != BackEnd.TPACKET_V3) {
            afXdp.conclude();
            pfRing.conclude();
        }
        if (wanted == BackEnd.AF_XDP && !tpacket.ignoreOutgoing()) {
            throw new CaptureException(CaptureException.Kind.USAGE, "AF_XDP does not see what this host sends: set"
                + " capture.ignore-outgoing: true, or capture.backend: tpacket_v3");
        }
        return this;
    }
}
