package io.weir.capture.pfring;

import io.weir.capture.BackEndConformance;
import io.weir.capture.PolledSource;
import io.weir.capture.VethPair;

/** PF_RING, over a stand-in for its library, does what every back end does. */
class PfRingConformanceTest extends BackEndConformance {
    @Override
    protected PolledSource open(final String filter) {
        return new PfRingSource(new PfRingContext().interfaceName(VethPair.RIGHT).filter(filter)
            .library(StandIn.library()).blockBytes(128 << 10).blockCount(4).blockTimeoutMs(2).poisonOnRelease(true));
    }

    @Override
    protected boolean takesJumboFrames() {
        return true;
    }
}
