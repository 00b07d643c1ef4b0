package io.weir.capture.pfring;

import io.weir.base.Errno;
import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeLayout;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureLibrary;
import io.weir.capture.WatchedRing;
import org.agrona.UnsafeApi;

/** The library's side of a source or sender: a ring of libpfring, and the memory libweir's calls need. */
final class PfRing implements WatchedRing, AutoCloseable {
    /** Most frames of one call. */
    static final int BATCH = 256;

    private static final int PROMISCUOUS = 1;
    private static final int OUTGOING = 2;
    static final int SEND = 4;

    private static final int STEP_INTERFACE = 2;
    private static final int STEP_OPEN = 3;
    private static final int STEP_OPTION = 4;

    private static final int TEXT_BYTES = 256;
    /** Frames that end a wait; fewer wait for the time-out. */
    private static final int WATERMARK = 128;

    private final String name;
    private final LibWeir library;
    private final NativeMemory.Region request =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, NativeLayout.PFRING_BYTES, Long.BYTES);
    private final NativeMemory.Region libraryName;
    private final NativeMemory.Region text = NativeMemory.allocate(NativeMemory.Tag.OTHER, TEXT_BYTES, 1);
    private final NativeMemory.Region batch =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, NativeLayout.PFRING_BATCH_BYTES, Long.BYTES);
    private final NativeMemory.Region frames = NativeMemory.allocate(NativeMemory.Tag.OTHER,
        (long) BATCH * NativeLayout.PFRING_FRAME_BYTES, NativeMemory.CACHE_LINE);
    private long handle;

    /** Opens what a concluded context describes. */
    PfRing(final PfRingContext context, final int flags) {
        name = context.interfaceName();
        libraryName = Native.text(context.library());
        try {
            library = CaptureLibrary.neededFor("PF_RING on " + name);
            final long at = request.address();
            for (int i = 0; i < name.length(); i++) {
                UnsafeApi.putByte(at + NativeLayout.PFRING_NAME + i, (byte) name.charAt(i));
            }
            UnsafeApi.putLong(at + NativeLayout.PFRING_LIBRARY, libraryName.address());
            UnsafeApi.putLong(at + NativeLayout.PFRING_TEXT, text.address());
            UnsafeApi.putInt(at + NativeLayout.PFRING_TEXT_BYTES, TEXT_BYTES);
            UnsafeApi.putInt(at + NativeLayout.PFRING_FLAGS, flags | (context.promiscuous() ? PROMISCUOUS : 0)
                | (context.ignoreOutgoing() ? 0 : OUTGOING));
            UnsafeApi.putInt(at + NativeLayout.PFRING_LONGEST, context.snapLength());
            UnsafeApi.putInt(at + NativeLayout.PFRING_CLUSTER, context.cluster());
            UnsafeApi.putInt(at + NativeLayout.PFRING_WATERMARK, WATERMARK);
            UnsafeApi.putLong(batch.address(), frames.address());
            UnsafeApi.putInt(batch.address() + NativeLayout.PFRING_BATCH_CAPACITY, BATCH);
            handle = library.pfringOpen(at);
            if (handle < 0) {
                throw refusal(context, (int) -handle, UnsafeApi.getInt(at + NativeLayout.PFRING_STEP));
            }
        } catch (final CaptureException e) {
            free();
            throw e;
        }
    }

    private CaptureException refusal(final PfRingContext context, final int error, final int step) {
        final String where = "PF_RING on " + name + ": ";
        if (error == Errno.ELIBACC) {
            return new CaptureException(CaptureException.Kind.RESOURCE, where + context.library()
                + " cannot be loaded: install PF_RING, or use backend tpacket_v3");
        }
        if (error == Errno.ELIBBAD) {
            return new CaptureException(CaptureException.Kind.RESOURCE, where + context.library() + " has no "
                + Native.text(text.address(), TEXT_BYTES) + ": PF_RING 6 or later is needed");
        }
        if (error == Errno.ENODEV && step == STEP_INTERFACE) {
            return CaptureException.interfaceMissing(name);
        }
        if (error == Errno.EAFNOSUPPORT) {
            return new CaptureException(CaptureException.Kind.RESOURCE, where
                + "the kernel module is not loaded: sudo modprobe pf_ring");
        }
        if (error == Errno.EPERM || error == Errno.EACCES) {
            return CaptureException.privilegeMissing("PF_RING on " + name);
        }
        final String reason = switch (step) {
            case STEP_OPEN -> "the library cannot open it, " + Errno.text(error);
            case STEP_OPTION -> "the module refuses an option (cluster " + context.cluster() + ")";
            default -> "failed at set-up step " + step + ", " + Errno.text(error);
        };
        return new CaptureException(CaptureException.Kind.RESOURCE, where + reason);
    }

    int hardware() {
        return UnsafeApi.getInt(request.address() + NativeLayout.PFRING_HARDWARE);
    }

    /** Longest frame that is kept whole. */
    int longest() {
        return UnsafeApi.getInt(request.address() + NativeLayout.PFRING_LONGEST);
    }

    /** Version of the module, as in {@code 8.9.0}. */
    String version() {
        final int version = UnsafeApi.getInt(request.address() + NativeLayout.PFRING_VERSION);
        return (version >> 16 & 0xff) + "." + (version >> 8 & 0xff) + "." + (version & 0xff);
    }

    long handle() {
        return handle;
    }

    /** Copies what lies ready to {@code memory}, from {@code used} on; returns how many frames, 0 on a fault. */
    int receive(final long memory, final int bytes, final int used) {
        UnsafeApi.putLong(batch.address() + NativeLayout.PFRING_BATCH_MEMORY, memory);
        UnsafeApi.putInt(batch.address() + NativeLayout.PFRING_BATCH_MEMORY_BYTES, bytes);
        UnsafeApi.putInt(batch.address() + NativeLayout.PFRING_BATCH_USED, used);
        return Math.max(0, library.pfringReceive(handle, batch.address()));
    }

    /** Bytes of the memory that the last {@link #receive} left used. */
    int used() {
        return UnsafeApi.getInt(batch.address() + NativeLayout.PFRING_BATCH_USED);
    }

    /** {@code struct weir_pfring_frame} of the last {@link #receive}. */
    long frame(final int index) {
        return frames.address() + (long) index * NativeLayout.PFRING_FRAME_BYTES;
    }

    /** Lets no new frame in; false if the library cannot do that. */
    boolean stop() {
        return library.pfringStop(handle) >= 0;
    }

    /** Sends frames in order; how many the library took, or a negative errno if it took none. */
    int send(final long addresses, final long lengths, final int count) {
        return library.pfringSend(handle, addresses, lengths, count);
    }

    /** Frames the module dropped. */
    long dropped() {
        return Math.max(0, library.pfringDropped(handle));
    }

    void wake() {
        library.ringWake(handle);
    }

    @Override
    public int state() {
        final int state = library.pfringState(handle);
        return state < 0 ? GONE : state;
    }

    @Override
    public int rebind() {
        return library.pfringRebind(handle, request.address());
    }

    private void free() {
        request.close();
        libraryName.close();
        text.close();
        batch.close();
        frames.close();
    }

    @Override
    public void close() {
        if (handle > 0) {
            library.pfringClose(handle);
            handle = 0;
            free();
        }
    }
}
