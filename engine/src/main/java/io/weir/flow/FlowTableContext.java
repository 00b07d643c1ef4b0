package io.weir.flow;

import java.util.concurrent.TimeUnit;

/**
 * Configuration of the flow tables of all workers. Set, then {@link #conclude()}; immutable after that.
 */
public final class FlowTableContext {
    /** Memory for all tables unless set otherwise: about 1.4 million flows. */
    public static final long MEMORY_BYTES_DEFAULT = 256L << 20;
    /** What one flow takes of that memory, index, record and all. */
    public static final int BYTES_PER_FLOW = 188;
    /** Longest time-out. */
    public static final int TIMEOUT_SECONDS_MAX = 7 * 24 * 3600;

    private static final int FLOWS_MIN = 16;
    private static final int STATES = FlowState.values().length;

    private long memoryBytes = MEMORY_BYTES_DEFAULT;
    private int workers = 1;
    private boolean vlanInKey = true;
    private boolean tunnelInKey = true;
    private final int[] timeoutSeconds = {60, 600, 60, 30, 300, 300, 30, 300, 300, 30, 300, 300};
    private boolean hardwareAddresses;
    private boolean growing = true;
    private boolean concluded;

    /** Sets the memory of all tables together, in bytes. */
    public FlowTableContext memoryBytes(final long bytes) {
        checkOpen();
        memoryBytes = bytes;
        return this;
    }

    /** Memory of all tables together, in bytes. */
    public long memoryBytes() {
        return memoryBytes;
    }

    /** Sets how many tables share the memory evenly. */
    public FlowTableContext workers(final int count) {
        checkOpen();
        workers = count;
        return this;
    }

    /** How many tables share the memory. */
    public int workers() {
        return workers;
    }

    /**
     * Sets whether the index of a table begins small and grows with its flows; default true. A table that grows stands
     * still for as long as it moves its flows, tens of milliseconds for a million.
     */
    public FlowTableContext growing(final boolean value) {
        checkOpen();
        growing = value;
        return this;
    }

    /** Whether the index of a table grows with its flows. */
    public boolean growing() {
        return growing;
    }

    /** Sets whether VLAN ids tell flows apart; default true. */
    public FlowTableContext vlanInKey(final boolean value) {
        checkOpen();
        vlanInKey = value;
        return this;
    }

    /** Whether VLAN ids tell flows apart. */
    public boolean vlanInKey() {
        return vlanInKey;
    }

    /** Sets whether the tunnel id tells flows apart; default true. */
    public FlowTableContext tunnelInKey(final boolean value) {
        checkOpen();
        tunnelInKey = value;
        return this;
    }

    /** Whether the tunnel id tells flows apart. */
    public boolean tunnelInKey() {
        return tunnelInKey;
    }

    /** Sets whether the Ethernet addresses of each flow are kept, for 16 bytes more a flow; default false. */
    public FlowTableContext hardwareAddresses(final boolean value) {
        checkOpen();
        hardwareAddresses = value;
        return this;
    }

    /** Whether the Ethernet addresses of each flow are kept. */
    public boolean hardwareAddresses() {
        return hardwareAddresses;
    }

    /** Sets after how many seconds without a frame a flow of this protocol ends while it is in this state. */
    public FlowTableContext timeoutSeconds(final FlowProtocol protocol, final FlowState state, final int seconds) {
        checkOpen();
        timeoutSeconds[protocol.ordinal() * STATES + state.ordinal()] = seconds;
        return this;
    }

    /** After how many seconds without a frame a flow of this protocol ends while it is in this state. */
    public int timeoutSeconds(final FlowProtocol protocol, final FlowState state) {
        return timeoutSeconds[protocol.ordinal() * STATES + state.ordinal()];
    }

    /** The most flows one table holds. */
    public int flowsPerTable() {
        return (int) (memoryBytes / workers / bytesPerFlow());
    }

    /**
     * Checks everything and closes this context for changes.
     *
     * @throws IllegalArgumentException naming the setting that does not hold, and what would
     */
    public FlowTableContext conclude() {
        if (workers < 1) {
            throw new IllegalArgumentException("flow table: workers must be at least 1, not " + workers);
        }
        final long flows = memoryBytes / workers / bytesPerFlow();
        if (flows < FLOWS_MIN || flows > FlowSlab.MAX_RECORDS) {
            throw new IllegalArgumentException("flow table: memory of " + memoryBytes + " bytes for " + workers
                + " workers must be between " + (long) FLOWS_MIN * bytesPerFlow() + " and "
                + (long) FlowSlab.MAX_RECORDS * bytesPerFlow() + " bytes for each");
        }
        for (final FlowProtocol protocol : FlowProtocol.values()) {
            for (final FlowState state : FlowState.values()) {
                final int seconds = timeoutSeconds(protocol, state);
                if (seconds < 1 || seconds > TIMEOUT_SECONDS_MAX) {
                    throw new IllegalArgumentException("flow table: time-out of " + protocol.label() + " "
                        + state.label() + " must be between 1 and " + TIMEOUT_SECONDS_MAX + " seconds, not " + seconds);
                }
            }
        }
        concluded = true;
        return this;
    }

    private int bytesPerFlow() {
        return BYTES_PER_FLOW + (hardwareAddresses ? HardwareAddresses.LENGTH : 0);
    }

    /** Time-outs in ns, by protocol and within that by state. */
    long[] timeoutsNs() {
        final long[] timeoutsNs = new long[timeoutSeconds.length];
        for (int i = 0; i < timeoutsNs.length; i++) {
            timeoutsNs[i] = TimeUnit.SECONDS.toNanos(timeoutSeconds[i]);
        }
        return timeoutsNs;
    }

    private void checkOpen() {
        if (concluded) {
            throw new IllegalStateException("flow table: the configuration is concluded");
        }
    }

    @Override
    public String toString() {
        return "FlowTableContext{memoryBytes=" + memoryBytes + ", workers=" + workers + ", flowsPerTable="
            + flowsPerTable() + ", vlanInKey=" + vlanInKey + ", tunnelInKey=" + tunnelInKey + '}';
    }
}
