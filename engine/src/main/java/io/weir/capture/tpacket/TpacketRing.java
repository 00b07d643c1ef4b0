package io.weir.capture.tpacket;

import io.weir.base.Errno;
import io.weir.base.LibWeir;
import io.weir.base.NativeLayout;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureLibrary;
import io.weir.capture.WatchedRing;
import io.weir.capture.filter.FilterCompiler;
import io.weir.capture.filter.FilterProgram;
import io.weir.packet.LinkType;
import org.agrona.UnsafeApi;

/** The kernel's side of a source: a libweir ring and the memory its calls need. */
final class TpacketRing implements WatchedRing, AutoCloseable {
    private static final int PROMISCUOUS = 1;
    private static final int IGNORE_OUTGOING = 2;
    private static final int HARDWARE_STAMPS = 4;

    private static final int STEP_INTERFACE = 2;
    private static final int STEP_FILTER = 4;
    private static final int STEP_RING = 5;

    private static final int ARPHRD_LOOPBACK = 772;
    private static final int TOTALS_BYTES = 24;

    private final LibWeir library;
    private final NativeMemory.Region request =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, NativeLayout.RING_BYTES, Long.BYTES);
    private final NativeMemory.Region totals =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, TOTALS_BYTES, Long.BYTES);
    private final String name;
    private final long map;
    private long handle;

    /** Opens the ring that a concluded context describes; it receives at once. */
    TpacketRing(final TpacketContext context) {
        name = context.interfaceName();
        try {
            library = CaptureLibrary.neededFor("capturing from " + name);
            final FilterProgram program = program(context);
            final long at = request.address();
            for (int i = 0; i < name.length(); i++) {
                UnsafeApi.putByte(at + NativeLayout.RING_NAME + i, (byte) name.charAt(i));
            }
            UnsafeApi.putInt(at + NativeLayout.RING_BLOCK_BYTES, context.blockBytes());
            UnsafeApi.putInt(at + NativeLayout.RING_BLOCK_COUNT, context.blockCount());
            UnsafeApi.putInt(at + NativeLayout.RING_BLOCK_TIMEOUT, context.blockTimeoutMs());
            UnsafeApi.putInt(at + NativeLayout.RING_FLAGS, (context.promiscuous() ? PROMISCUOUS : 0)
                | (context.ignoreOutgoing() ? IGNORE_OUTGOING : 0)
                | (context.hardwareStamps() ? HARDWARE_STAMPS : 0));
            handle = open(program);
            if (handle < 0) {
                throw refusal(context, (int) -handle, UnsafeApi.getInt(at + NativeLayout.RING_STEP));
            }
            map = UnsafeApi.getLong(at + NativeLayout.RING_MAP);
        } catch (final CaptureException e) {
            request.close();
            totals.close();
            throw e;
        }
    }

    private static FilterProgram program(final TpacketContext context) {
        if (context.filter().isBlank()) {
            return context.snapLength() < FilterCompiler.SNAP_LENGTH
                ? FilterProgram.acceptAll(LinkType.ETHERNET, context.snapLength()) : null;
        }
        final FilterProgram program = FilterCompiler.compileForDevice(context.interfaceName(), context.filter());
        if (program.length() > FilterProgram.KERNEL_MAX_INSTRUCTIONS) {
            throw new CaptureException(CaptureException.Kind.BAD_FILTER, "filter: needs " + program.length()
                + " instructions and the kernel takes " + FilterProgram.KERNEL_MAX_INSTRUCTIONS
                + ": write networks instead of single hosts");
        }
        return program.withSnapLength(context.snapLength());
    }

    private long open(final FilterProgram program) {
        if (program == null) {
            return library.ringOpen(request.address());
        }
        final long bytes = (long) program.length() * NativeLayout.FILTER_INSTRUCTION_BYTES;
        try (NativeMemory.Region copy = NativeMemory.allocate(NativeMemory.Tag.OTHER, bytes, Long.BYTES)) {
            for (int i = 0; i < program.length(); i++) {
                UnsafeApi.putLong(copy.address() + (long) i * NativeLayout.FILTER_INSTRUCTION_BYTES,
                    program.instructions()[i]);
            }
            UnsafeApi.putLong(request.address() + NativeLayout.RING_FILTER, copy.address());
            UnsafeApi.putInt(request.address() + NativeLayout.RING_FILTER_COUNT, program.length());
            return library.ringOpen(request.address());
        }
    }

    private static CaptureException refusal(final TpacketContext context, final int error, final int step) {
        final String name = context.interfaceName();
        if (error == Errno.EPERM || error == Errno.EACCES) {
            return CaptureException.privilegeMissing("capturing from " + name);
        }
        if (error == Errno.ENODEV && step == STEP_INTERFACE) {
            return CaptureException.interfaceMissing(name);
        }
        if (step == STEP_FILTER) {
            return new CaptureException(CaptureException.Kind.BAD_FILTER,
                "filter: the kernel refuses it, " + Errno.text(error) + ": " + context.filter());
        }
        if (step == STEP_RING && error == Errno.ENOMEM) {
            return new CaptureException(CaptureException.Kind.RESOURCE, name + ": no memory even for the smallest ring"
                + " of " + context.blockBytes() + "-byte blocks: take smaller blocks or free memory");
        }
        return new CaptureException(CaptureException.Kind.RESOURCE,
            "capturing from " + name + " failed at set-up step " + step + ": " + Errno.text(error));
    }

    /** First byte of the first block. */
    long map() {
        return map;
    }

    /** Blocks obtained, which may be fewer than wanted. */
    int blockCount() {
        return UnsafeApi.getInt(request.address() + NativeLayout.RING_BLOCK_COUNT);
    }

    /** ARPHRD_ type of the interface. */
    int hardware() {
        return UnsafeApi.getInt(request.address() + NativeLayout.RING_HARDWARE);
    }

    /** True for the loopback interface, where all that is sent comes back. */
    boolean isLoopback() {
        return hardware() == ARPHRD_LOOPBACK;
    }

    /** MTU of the interface when it was last bound. */
    int mtu() {
        return UnsafeApi.getInt(request.address() + NativeLayout.RING_MTU);
    }

    long handle() {
        return handle;
    }

    void wake() {
        library.ringWake(handle);
    }

    @Override
    public int state() {
        final int state = library.ringState(handle);
        return state < 0 ? GONE : state;
    }

    @Override
    public int rebind() {
        return library.ringRebind(handle, request.address());
    }

    /** Lets no new frame in. */
    void stop() {
        library.ringStop(handle);
    }

    /** Takes over the kernel's counters, so that the three below are current. */
    void refreshTotals() {
        library.ringTotals(handle, totals.address());
    }

    /** Frames offered to the socket, dropped ones included. */
    long packets() {
        return UnsafeApi.getLong(totals.address());
    }

    long drops() {
        return UnsafeApi.getLong(totals.address() + Long.BYTES);
    }

    long freezes() {
        return UnsafeApi.getLong(totals.address() + 2 * Long.BYTES);
    }

    /** Unmaps the ring. */
    @Override
    public void close() {
        if (handle > 0) {
            library.ringClose(handle);
            handle = 0;
            request.close();
            totals.close();
        }
    }
}
