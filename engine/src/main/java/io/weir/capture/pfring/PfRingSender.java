package io.weir.capture.pfring;

import io.weir.capture.inject.BatchSender;

/** Sends frames through PF_RING. For one thread. */
public final class PfRingSender extends BatchSender {
    private final PfRing ring;

    /**
     * Opens a sender on an interface.
     *
     * @param library file name of libpfring
     * @throws io.weir.capture.CaptureException if it cannot be opened, with what to do
     */
    public PfRingSender(final String interfaceName, final String library) {
        try {
            ring = new PfRing(new PfRingContext().interfaceName(interfaceName).library(library).conclude(),
                PfRing.SEND);
        } catch (final RuntimeException e) {
            freeLists();
            throw e;
        }
    }

    @Override
    protected int transmit(final long frameAddresses, final long frameLengths, final int count) {
        return ring.send(frameAddresses, frameLengths, count);
    }

    @Override
    protected void closeDevice() {
        ring.close();
    }
}
