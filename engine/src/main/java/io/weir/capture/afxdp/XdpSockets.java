package io.weir.capture.afxdp;

import io.weir.base.Errno;
import io.weir.base.LibWeir;
import io.weir.base.NativeLayout;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureLibrary;
import io.weir.capture.WatchedRing;
import org.agrona.UnsafeApi;

/** The kernel's side of a source or sender: sockets of an interface's queues, and the memory libweir's calls need. */
final class XdpSockets implements WatchedRing, AutoCloseable {
    static final int RECEIVE = 1;
    static final int SEND = 2;
    static final int PROMISCUOUS = 4;
    static final int NEED_WAKEUP = 8;

    private static final int GENERIC = 1;
    private static final int ZERO_COPY = 8;

    private static final int STEP_INTERFACE = 2;
    private static final int STEP_PROGRAM = 4;
    private static final int STEP_ATTACH = 5;
    private static final int STEP_RINGS = 6;
    private static final int STEP_BIND = 7;

    private static final int TOTALS_BYTES = 24;

    private final LibWeir library;
    private final String name;
    private final NativeMemory.Region request =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, NativeLayout.XDP_BYTES, Long.BYTES);
    private final NativeMemory.Region queues = NativeMemory.allocate(NativeMemory.Tag.OTHER,
        (long) AfXdpContext.MAX_QUEUES * NativeLayout.XDP_QUEUE_BYTES, Long.BYTES);
    private final NativeMemory.Region totals = NativeMemory.allocate(NativeMemory.Tag.OTHER, TOTALS_BYTES, Long.BYTES);
    private final int modes;
    private final XdpGroup group;
    private long handle;
    private int generation;
    /** What the sockets of interfaces that are gone had counted. */
    private long pastDropped;
    private boolean lost;

    /** Opens what a concluded context describes; nothing is received until {@link #admit()}. */
    XdpSockets(final AfXdpContext context, final int flags) {
        name = context.interfaceName();
        modes = context.mode().bits();
        group = context.group();
        try {
            library = CaptureLibrary.neededFor("AF_XDP on " + name);
            for (int i = 0; i < name.length(); i++) {
                UnsafeApi.putByte(request.address() + NativeLayout.XDP_NAME + i, (byte) name.charAt(i));
            }
            put(NativeLayout.XDP_FLAGS, flags | (context.needWakeup() ? NEED_WAKEUP : 0));
            put(NativeLayout.XDP_MODES, modes);
            put(NativeLayout.XDP_QUEUE_COUNT, context.queues());
            put(NativeLayout.XDP_FIRST_QUEUE, context.firstQueue());
            UnsafeApi.putLong(request.address() + NativeLayout.XDP_LEADER, group.leader());
            put(NativeLayout.XDP_BUSY_POLL, context.busyPollUs());
            UnsafeApi.putLong(request.address() + NativeLayout.XDP_QUEUES, queues.address());
            UnsafeApi.putLong(request.address() + NativeLayout.XDP_MEMORY_BYTES, context.memoryBytes());
            handle = group.open(library, request.address());
            if (handle < 0) {
                throw refusal((int) -handle, get(NativeLayout.XDP_STEP));
            }
        } catch (final CaptureException e) {
            free();
            throw e;
        }
    }

    private CaptureException refusal(final int error, final int step) {
        final String where = "AF_XDP on " + name + ": ";
        if (error == Errno.EPERM || error == Errno.EACCES) {
            return new CaptureException(CaptureException.Kind.PRIVILEGE_MISSING, where + "needs CAP_NET_RAW,"
                + " CAP_NET_ADMIN, CAP_BPF and, for its memory, CAP_IPC_LOCK: run as root");
        }
        if (error == Errno.ENODEV && step == STEP_INTERFACE) {
            return CaptureException.interfaceMissing(name);
        }
        final String reason = switch (step) {
            case STEP_PROGRAM -> "the kernel refuses the redirecting program, " + Errno.text(error)
                + ": Linux 5.9 or later is needed";
            case STEP_ATTACH -> error == Errno.EBUSY
                ? "another XDP program is attached: 'ip link show dev " + name + "' names it"
                : "the driver takes no XDP program, " + Errno.text(error) + ": use backend tpacket_v3";
            case STEP_RINGS -> error == Errno.ENOBUFS
                ? "not enough memory may be locked: raise 'ulimit -l', or give CAP_IPC_LOCK"
                : "no sockets, " + Errno.text(error) + ": use backend tpacket_v3";
            case STEP_BIND -> error == Errno.EBUSY ? "its queues are taken by another AF_XDP socket"
                : "the driver does not have the mode that is asked for, " + Errno.text(error);
            default -> "failed at set-up step " + step + ", " + Errno.text(error);
        };
        return new CaptureException(CaptureException.Kind.RESOURCE, where + reason);
    }

    private void put(final int field, final int value) {
        UnsafeApi.putInt(request.address() + field, value);
    }

    private int get(final int field) {
        return UnsafeApi.getInt(request.address() + field);
    }

    int queueCount() {
        return get(NativeLayout.XDP_QUEUE_COUNT);
    }

    /** Chunks of one queue, a power of two. */
    int frames() {
        return get(NativeLayout.XDP_FRAMES);
    }

    /** Bytes of one chunk, a power of two. */
    int chunkBytes() {
        return get(NativeLayout.XDP_CHUNK_BYTES);
    }

    /** Longest frame a chunk holds. */
    int longest() {
        return get(NativeLayout.XDP_LONGEST);
    }

    /** First chunk of the first queue; those of the others follow. */
    long memory() {
        return UnsafeApi.getLong(request.address() + NativeLayout.XDP_MEMORY);
    }

    int hardware() {
        return get(NativeLayout.XDP_HARDWARE);
    }

    long handle() {
        return handle;
    }

    /** Grows when rings were made anew. */
    int generation() {
        return generation;
    }

    boolean isZeroCopy() {
        return (get(NativeLayout.XDP_MODES) & ZERO_COPY) != 0;
    }

    /** What the device accepted, in words. */
    String mode() {
        final int obtained = get(NativeLayout.XDP_MODES);
        if ((obtained & GENERIC) != 0) {
            return "generic mode, copying";
        }
        return isZeroCopy() ? "native mode, zero copy" : "native mode, copying";
    }

    /** {@code struct weir_xdp_ring} of a queue, by one of the XDP_QUEUE_ offsets. */
    long ring(final int queue, final int which) {
        return queues.address() + (long) queue * NativeLayout.XDP_QUEUE_BYTES + which;
    }

    /** Counters of a queue, which the program in the kernel writes; they stay while the interface is gone. */
    private long counters(final int queue) {
        return UnsafeApi.getLong(request.address() + NativeLayout.XDP_CONTROL) + NativeLayout.XDP_CONTROL_COUNTERS
            + (long) (get(NativeLayout.XDP_FIRST_QUEUE) + queue) * NativeLayout.XDP_COUNTERS_BYTES;
    }

    private long count(final int field) {
        long sum = 0;
        for (int queue = 0; queue < queueCount(); queue++) {
            sum += UnsafeApi.getLongVolatile(null, counters(queue) + field);
        }
        return sum;
    }

    /** True if every frame of a queue carries its time. */
    boolean isStamped(final int queue) {
        return !lost && UnsafeApi.getLongVolatile(null, counters(queue) + NativeLayout.XDP_COUNTERS_UNSTAMPED) == 0;
    }

    /** Frames that the program saw. */
    long received() {
        return count(0);
    }

    /** Frames longer than a chunk. */
    long tooLong() {
        return count(NativeLayout.XDP_COUNTERS_TOO_LONG);
    }

    /** Frames the kernel found no chunk or no ring entry for. */
    long dropped() {
        if (lost) {
            return pastDropped;
        }
        library.xdpTotals(handle, totals.address());
        return pastDropped + UnsafeApi.getLong(totals.address()) + UnsafeApi.getLong(totals.address() + Long.BYTES);
    }

    /** Lets frames in. */
    void admit() {
        for (int queue = 0; queue < queueCount(); queue++) {
            UnsafeApi.putLongRelease(null, counters(queue) + NativeLayout.XDP_COUNTERS_CLOSED, 0);
        }
    }

    /** Lets no new frame in; they pass on to the host's stack. */
    void stop() {
        library.xdpStop(handle);
    }

    /** Lets the kernel work on rings: {@link #RECEIVE}, {@link #SEND}. */
    int kick(final int queue, final int what) {
        return library.xdpKick(handle, queue, what);
    }

    void wake() {
        library.ringWake(handle);
    }

    @Override
    public int state() {
        final int state = library.xdpState(handle);
        return state < 0 ? GONE : state;
    }

    @Override
    public int rebind() {
        if (!lost) {
            pastDropped = dropped();
            lost = true;
        }
        generation++;
        put(NativeLayout.XDP_MODES, modes);
        final int result = group.rebind(library, handle, request.address());
        lost = result < 0;
        return result;
    }

    /** True while the rings do not exist, because the interface is gone. */
    boolean isLost() {
        return lost;
    }

    private void free() {
        request.close();
        queues.close();
        totals.close();
    }

    @Override
    public void close() {
        if (handle > 0) {
            group.close(library, handle);
            handle = 0;
            free();
        }
    }
}
