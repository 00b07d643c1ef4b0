package io.weir.capture.afxdp;

import io.weir.capture.BackEndConformance;
import io.weir.capture.PolledSource;
import io.weir.capture.VethPair;

/** AF_XDP in the driver's own mode does what every back end does, but for frames longer than its chunks. */
class AfXdpConformanceTest extends BackEndConformance {
    /** In which mode. */
    AfXdpContext.Mode mode() {
        return AfXdpContext.Mode.NATIVE;
    }

    @Override
    protected PolledSource open(final String filter) {
        return new AfXdpSource(new AfXdpContext().interfaceName(VethPair.RIGHT).filter(filter).memoryBytes(1 << 20)
            .mode(mode()).poisonOnRelease(true));
    }

    @Override
    protected boolean takesJumboFrames() {
        return false;
    }
}
