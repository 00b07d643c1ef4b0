package io.weir.capture.pfring;

import io.weir.base.Errno;
import io.weir.base.NativeMemory;
import io.weir.capture.inject.FrameSender;
import org.agrona.UnsafeApi;

/** Sends frames through PF_RING. For one thread. */
public final class PfRingSender implements FrameSender {
    private static final int BATCH = 64;
    private static final int MAX_TRIES = 10_000;

    private final PfRing ring;
    private final NativeMemory.Region addresses =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, (long) BATCH * Long.BYTES, Long.BYTES);
    private final NativeMemory.Region lengths =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, (long) BATCH * Integer.BYTES, Integer.BYTES);
    private int queued;
    private long sent;
    private long refused;
    private int lastError;
    private boolean closed;

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
    public void add(final long address, final int length) {
        UnsafeApi.putLong(addresses.address() + (long) queued * Long.BYTES, address);
        UnsafeApi.putInt(lengths.address() + (long) queued * Integer.BYTES, length);
        if (++queued == BATCH) {
            flush();
        }
    }

    @Override
    public void flush() {
        int at = 0;
        int tries = 0;
        while (at < queued) {
            final int result = ring.send(addresses.address() + (long) at * Long.BYTES,
                lengths.address() + (long) at * Integer.BYTES, queued - at);
            if (result > 0) {
                at += result;
                sent += result;
                tries = 0;
            } else if (result == -Errno.ENOBUFS && ++tries < MAX_TRIES) {
                Thread.onSpinWait();
            } else {
                lastError = -result;
                refused++;
                at++;
                tries = 0;
            }
        }
        queued = 0;
    }

    @Override
    public long sent() {
        return sent;
    }

    @Override
    public long refused() {
        return refused;
    }

    @Override
    public String lastError() {
        return lastError == 0 ? "" : Errno.text(lastError);
    }

    private void freeLists() {
        addresses.close();
        lengths.close();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            flush();
            ring.close();
            freeLists();
        }
    }
}
