package io.weir.capture;

import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/** Waits for several kernel rings in one system call. For one thread; close it before the rings. */
public final class RingPoll implements AutoCloseable {
    /** A block may be ready. */
    public static final int READY = 1;
    /** Somebody called for the reader. */
    public static final int WOKEN = 2;
    /** The interface went down or away. */
    public static final int DOWN = 4;
    /** The socket reported another error. */
    public static final int FAULT = 8;

    private final LibWeir library = Native.library();
    private final int count;
    private final NativeMemory.Region rings;
    private final NativeMemory.Region answers;

    /** For {@code count} rings, at most {@link LibWeir#POLL_MAX}. */
    public RingPoll(final int count) {
        if (count > LibWeir.POLL_MAX) {
            throw new CaptureException(CaptureException.Kind.USAGE,
                count + " interfaces: at most " + LibWeir.POLL_MAX + " can be captured together");
        }
        this.count = count;
        rings = NativeMemory.allocate(NativeMemory.Tag.OTHER, (long) count * Long.BYTES, Long.BYTES);
        answers = NativeMemory.allocate(NativeMemory.Tag.OTHER, (long) count * Integer.BYTES, Integer.BYTES);
    }

    /** Sets the handle of ring {@code index}. */
    public void ring(final int index, final long handle) {
        UnsafeApi.putLong(rings.address() + (long) index * Long.BYTES, handle);
    }

    /**
     * Waits until a ring has something to say or the time has passed.
     *
     * @param input bit i set: a finished block of ring i ends the wait. The kernel reports input for as long as the
     *              newest finished block was not given back, so whoever still holds it must not wait for input
     */
    public void await(final long timeoutNs, final long input) {
        library.ringPoll(rings.address(), count, Math.max(0, timeoutNs), input, answers.address());
    }

    /** What ring {@code index} said in the last {@link #await}: the bits above. */
    public int answer(final int index) {
        return UnsafeApi.getInt(answers.address() + (long) index * Integer.BYTES);
    }

    @Override
    public void close() {
        rings.close();
        answers.close();
    }
}
