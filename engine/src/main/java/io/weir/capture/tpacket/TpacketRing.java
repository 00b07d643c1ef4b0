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
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.UnsafeApi;

/** The kernel's side of a source: a libweir ring and the memory its calls need. */
final class TpacketRing implements WatchedRing, AutoCloseable {
    private static final int PROMISCUOUS = 1;
    private static final int IGNORE_OUTGOING = 2;
    private static final int HARDWARE_STAMPS = 4;

    private static final int STEP_INTERFACE = 2;
    private static final int STEP_FILTER = 4;
    private static final int STEP_RING = 5;
    private static final int STEP_PROGRAM = 9;
    private static final int STEP_FANOUT = 10;

    private static final int ARPHRD_LOOPBACK = 772;
    private static final int TOTALS_BYTES = 24;

    private final LibWeir library;
    private final NativeMemory.Region request =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, NativeLayout.RING_BYTES, Long.BYTES);
    private final NativeMemory.Region totals =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, TOTALS_BYTES, Long.BYTES);
    private final String name;
    /** Null without a group. */
    private final FanOutGroup group;
    /** The hash and the filter, for as long as the kernel may be told again; null for none. */
    private NativeMemory.Region words;
    private NativeMemory.Region filter;
    private BooleanSupplier held = () -> false;
    private int generation;
    private boolean gone;
    private boolean stopped;
    private long handle;

    /** Opens the ring that a concluded context describes; it receives at once, unless it belongs to a group. */
    TpacketRing(final TpacketContext context) {
        name = context.interfaceName();
        group = context.group();
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
            keep(program);
            handle = library.ringOpen(at);
            if (handle < 0) {
                throw refusal(context, (int) -handle, UnsafeApi.getInt(at + NativeLayout.RING_STEP));
            }
            if (group != null) {
                group.id(UnsafeApi.getInt(at + NativeLayout.RING_GROUP));
            }
        } catch (final CaptureException e) {
            free();
            throw e;
        }
    }

    /** Copies what the kernel is to be told. */
    private void keep(final FilterProgram program) {
        if (program != null) {
            filter = NativeMemory.allocate(NativeMemory.Tag.OTHER,
                (long) program.length() * NativeLayout.FILTER_INSTRUCTION_BYTES, Long.BYTES);
            for (int i = 0; i < program.length(); i++) {
                UnsafeApi.putLong(filter.address() + (long) i * NativeLayout.FILTER_INSTRUCTION_BYTES,
                    program.instructions()[i]);
            }
            UnsafeApi.putLong(request.address() + NativeLayout.RING_FILTER, filter.address());
            UnsafeApi.putInt(request.address() + NativeLayout.RING_FILTER_COUNT, program.length());
        }
        if (group != null) {
            final int[] hash = group.words();
            words = NativeMemory.allocate(NativeMemory.Tag.OTHER, (long) hash.length * Integer.BYTES, Long.BYTES);
            for (int i = 0; i < hash.length; i++) {
                UnsafeApi.putInt(words.address() + (long) i * Integer.BYTES, hash[i]);
            }
            UnsafeApi.putLong(request.address() + NativeLayout.RING_WORDS, words.address());
            UnsafeApi.putInt(request.address() + NativeLayout.RING_GROUP, group.id());
        }
    }

    private void free() {
        CloseHelper.closeAll(request, totals, words, filter);
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

    private static CaptureException refusal(final TpacketContext context, final int error, final int step) {
        final String name = context.interfaceName();
        if (step == STEP_PROGRAM && (error == Errno.EPERM || error == Errno.EACCES)) {
            return new CaptureException(CaptureException.Kind.PRIVILEGE_MISSING, "fan-out on " + name
                + " loads a program into the kernel and needs CAP_BPF beside CAP_NET_RAW: run as root, or set"
                + " workers.mode: dispatch");
        }
        if (error == Errno.EPERM || error == Errno.EACCES) {
            return CaptureException.privilegeMissing("capturing from " + name);
        }
        if (error == Errno.ENODEV && step == STEP_INTERFACE) {
            return CaptureException.interfaceMissing(name);
        }
        if (step == STEP_PROGRAM) {
            return new CaptureException(CaptureException.Kind.RESOURCE, "fan-out on " + name
                + ": the kernel refuses the program, " + Errno.text(error) + ": Linux 5.3 or later is needed; or set"
                + " workers.mode: dispatch");
        }
        if (step == STEP_FANOUT) {
            return new CaptureException(CaptureException.Kind.RESOURCE, "fan-out on " + name
                + ": the kernel refuses the group, " + Errno.text(error)
                + ": the interface must be up ('sudo ip link set " + name + " up')");
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

    /** First byte of the first block; another one for each {@link #generation()}. */
    long map() {
        return UnsafeApi.getLong(request.address() + NativeLayout.RING_MAP);
    }

    /** Grows when the ring was made anew, with as many blocks, all empty. */
    int generation() {
        return generation;
    }

    /** True while there is no ring, because its interface is gone. */
    boolean isGone() {
        return gone;
    }

    /** Says whether anybody holds blocks, in which case the ring of a group must not be made anew. */
    void held(final BooleanSupplier value) {
        held = value;
    }

    /** Lets frames into the ring of a group. */
    void admit() {
        library.ringAdmit(handle, request.address());
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
        if (group == null) {
            return library.ringRebind(handle, request.address());
        }
        // A new socket would let in what the old one was told to keep out.
        if (stopped || held.getAsBoolean()) {
            return -Errno.EAGAIN;
        }
        // A group that members have not left yet has the old interface: another try will find it gone.
        UnsafeApi.putInt(request.address() + NativeLayout.RING_GROUP, group.id());
        final int result = library.ringRebind(handle, request.address());
        gone = result < 0;
        generation++;
        return result;
    }

    /** Lets no new frame in. */
    void stop() {
        stopped = true;
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
            free();
        }
    }
}
