package io.weir.capture.inject;

import io.weir.base.Errno;
import io.weir.base.LibWeir;
import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/**
 * Sends frames in batches through a call into libweir. For one thread.
 *
 * <p>Frames are sent as they are, link header first. Where the device has no room {@link #flush()} tries again for a
 * bounded number of times.
 */
public abstract class BatchSender implements FrameSender {
    /** Frames of one call. */
    public static final int BATCH = LibWeir.SEND_BATCH;

    private static final int MAX_TRIES = 10_000;

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
     * Sends frames from the first one on.
     *
     * @param frameAddresses where their addresses are, 64 bits each
     * @param frameLengths   where their lengths are, 32 bits each
     * @return how many were taken, or a negative error number
     */
    protected abstract int transmit(long frameAddresses, long frameLengths, int count);

    /** Closes the device. */
    protected abstract void closeDevice();

    @Override
    public final void add(final long address, final int length) {
        UnsafeApi.putLong(addresses.address() + (long) queued * Long.BYTES, address);
        UnsafeApi.putInt(lengths.address() + (long) queued * Integer.BYTES, length);
        if (++queued == BATCH) {
            flush();
        }
    }

    @Override
    public final void flush() {
        int at = 0;
        int tries = 0;
        while (at < queued) {
            final int result = transmit(addresses.address() + (long) at * Long.BYTES,
                lengths.address() + (long) at * Integer.BYTES, queued - at);
            if (result > 0) {
                at += result;
                sent += result;
                tries = 0;
            } else if ((result == -Errno.ENOBUFS || result == -Errno.EAGAIN || result == -Errno.EINTR)
                && ++tries < MAX_TRIES) {
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
    public final long sent() {
        return sent;
    }

    @Override
    public final long refused() {
        return refused;
    }

    @Override
    public final String lastError() {
        return lastError == 0 ? "" : Errno.text(lastError);
    }

    /** Frees what the batches need; for a device that could not be opened. */
    protected final void freeLists() {
        addresses.close();
        lengths.close();
    }

    /** Sends what is queued and closes the device. */
    @Override
    public final void close() {
        if (!closed) {
            flush();
            closed = true;
            closeDevice();
            freeLists();
        }
    }
}
