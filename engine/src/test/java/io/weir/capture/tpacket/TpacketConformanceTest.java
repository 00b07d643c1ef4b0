package io.weir.capture.tpacket;

import io.weir.capture.BackEndConformance;
import io.weir.capture.PolledSource;
import io.weir.capture.VethPair;

/** TPACKET_V3 does what every back end does. */
class TpacketConformanceTest extends BackEndConformance {
    @Override
    protected PolledSource open(final String filter) {
        return new TpacketSource(new TpacketContext().interfaceName(VethPair.RIGHT).filter(filter)
            .blockBytes(128 << 10).blockCount(64).blockTimeoutMs(2).poisonOnRelease(true));
    }

    @Override
    protected boolean takesJumboFrames() {
        return true;
    }
}
