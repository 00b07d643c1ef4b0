package io.weir.engine;

import io.weir.capture.FrameSource;
import io.weir.capture.VethPair;
import io.weir.capture.afxdp.AfXdpContext;
import io.weir.capture.afxdp.AfXdpSource;
import io.weir.capture.live.BackEnd;
import io.weir.capture.pfring.PfRingContext;
import io.weir.capture.pfring.PfRingSource;
import io.weir.capture.pfring.StandIn;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.capture.tpacket.TpacketSource;

/** Opens each back end on the receiving end of a virtual wire. */
final class LiveBackEnds {
    private LiveBackEnds() {
    }

    /** With 16 MiB for frames. */
    static FrameSource open(final BackEnd backEnd) {
        return switch (backEnd) {
            case TPACKET_V3 -> new TpacketSource(new TpacketContext().interfaceName(VethPair.RIGHT)
                .blockBytes(256 << 10).blockCount(64).blockTimeoutMs(2).conclude());
            case AF_XDP -> new AfXdpSource(new AfXdpContext().interfaceName(VethPair.RIGHT).memoryBytes(16 << 20));
            case PF_RING -> new PfRingSource(new PfRingContext().interfaceName(VethPair.RIGHT)
                .library(StandIn.library()).blockBytes(256 << 10).blockTimeoutMs(2));
        };
    }
}
