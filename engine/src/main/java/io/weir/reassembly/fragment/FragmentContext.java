package io.weir.reassembly.fragment;

import io.weir.reassembly.OverlapPolicy;
import io.weir.reassembly.PieceStore;
import io.weir.reassembly.TargetPolicies;
import java.util.concurrent.TimeUnit;

/**
 * Configuration of the reassembly of IP fragments. Set, then {@link #conclude()}; immutable after that.
 *
 * <p>Fragments are put together in one place, before frames are dealt out to workers, so nothing here is divided among
 * them.
 */
public final class FragmentContext {
    /** Memory unless set otherwise. */
    public static final long MEMORY_BYTES_DEFAULT = 32L << 20;
    /** Least memory. */
    public static final long MEMORY_BYTES_MIN = 2L << 20;
    /** Most memory. */
    public static final long MEMORY_BYTES_MAX = 16L << 30;
    /** How long the fragments of a datagram are waited for unless set otherwise: as Linux does. */
    public static final int TIMEOUT_SECONDS_DEFAULT = 30;
    /** Longest time-out. */
    public static final int TIMEOUT_SECONDS_MAX = 3600;
    /** Most fragments of one datagram unless set otherwise: as many as can carry eight bytes each. */
    public static final int FRAGMENTS_DEFAULT = 8192;

    private static final int FRAGMENTS_MAX = 1 << 16;
    private static final int ARENA_SHARE = 4;
    private static final int FIXED_BYTES = 128 << 10;

    private long memoryBytes = MEMORY_BYTES_DEFAULT;
    private int reassemblers = 1;
    private int timeoutSeconds = TIMEOUT_SECONDS_DEFAULT;
    private int fragmentsPerDatagram = FRAGMENTS_DEFAULT;
    private boolean vlanInKey = true;
    private boolean verifyChecksums;
    private TargetPolicies policies = TargetPolicies.of(OverlapPolicy.LINUX);
    private boolean concluded;

    /** Sets the memory for fragments that wait and for datagrams put together, in bytes. */
    public FragmentContext memoryBytes(final long bytes) {
        checkOpen();
        memoryBytes = bytes;
        return this;
    }

    /** Memory in all, in bytes. */
    public long memoryBytes() {
        return memoryBytes;
    }

    /** Sets how many reassemblers the memory is divided among, each of which has the least there can be; default 1. */
    public FragmentContext reassemblers(final int count) {
        checkOpen();
        reassemblers = count;
        return this;
    }

    private long share() {
        return Math.max(MEMORY_BYTES_MIN, memoryBytes / reassemblers);
    }

    /** Sets how many seconds after its first fragment a datagram is given up. */
    public FragmentContext timeoutSeconds(final int seconds) {
        checkOpen();
        timeoutSeconds = seconds;
        return this;
    }

    /** How many seconds after its first fragment a datagram is given up. */
    public int timeoutSeconds() {
        return timeoutSeconds;
    }

    /** Sets how many fragments of one datagram are taken. */
    public FragmentContext fragmentsPerDatagram(final int count) {
        checkOpen();
        fragmentsPerDatagram = count;
        return this;
    }

    /** How many fragments of one datagram are taken. */
    public int fragmentsPerDatagram() {
        return fragmentsPerDatagram;
    }

    /** Sets whether VLAN ids tell datagrams apart; default true. */
    public FragmentContext vlanInKey(final boolean value) {
        checkOpen();
        vlanInKey = value;
        return this;
    }

    /** Whether VLAN ids tell datagrams apart. */
    public boolean vlanInKey() {
        return vlanInKey;
    }

    /** Sets whether IPv4 fragments with a wrong header checksum are left out, as hosts have it; default false. */
    public FragmentContext verifyChecksums(final boolean value) {
        checkOpen();
        verifyChecksums = value;
        return this;
    }

    /** Whether IPv4 fragments with a wrong header checksum are left out. */
    public boolean verifyChecksums() {
        return verifyChecksums;
    }

    /** Sets which copy of overlapping IPv4 data counts, by receiving host; default as Linux does, for all hosts. */
    public FragmentContext policies(final TargetPolicies value) {
        checkOpen();
        policies = value;
        return this;
    }

    /** Which copy of overlapping IPv4 data counts, by receiving host. */
    public TargetPolicies policies() {
        return policies;
    }

    /**
     * Checks everything and closes this context for changes.
     *
     * @throws IllegalArgumentException naming the setting that does not hold, and what would
     */
    public FragmentContext conclude() {
        check(memoryBytes >= MEMORY_BYTES_MIN && memoryBytes <= MEMORY_BYTES_MAX, "memory must be " + MEMORY_BYTES_MIN
            + " to " + MEMORY_BYTES_MAX + " bytes, not " + memoryBytes);
        check(timeoutSeconds >= 1 && timeoutSeconds <= TIMEOUT_SECONDS_MAX, "time-out must be 1 to "
            + TIMEOUT_SECONDS_MAX + " seconds, not " + timeoutSeconds);
        check(fragmentsPerDatagram >= 2 && fragmentsPerDatagram <= FRAGMENTS_MAX, "fragments of one datagram must be 2"
            + " to " + FRAGMENTS_MAX + ", not " + fragmentsPerDatagram);
        concluded = true;
        return this;
    }

    /** The part of a reassembler's memory that datagrams put together lie in until their workers are done with them. */
    long arenaBytes() {
        return share() / ARENA_SHARE;
    }

    /** How many chunks the rest of the memory holds, each with the record of a datagram. */
    int chunks() {
        final long rest = share() - arenaBytes() - FIXED_BYTES;
        return (int) (rest / (PieceStore.CHUNK_BYTES + DatagramTable.BYTES_PER_RECORD));
    }

    long timeoutNs() {
        return TimeUnit.SECONDS.toNanos(timeoutSeconds);
    }

    private static void check(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("fragments: " + otherwise);
        }
    }

    private void checkOpen() {
        if (concluded) {
            throw new IllegalStateException("fragments: the configuration is concluded");
        }
    }
}
