package io.weir.stats;

/**
 * A frame that was slow, or the frame with the longest payload of a batch that was: what it was and where its time
 * went. Times in ns since 1970 on the engine's clock. A plain record of public fields that is reused.
 */
public final class SlowFrame {
    /** What the list is ordered by, in ns: the time until the verdict, or the time of the whole batch. */
    public long rankNs;
    /** Number of the frame in the trace, from 1. */
    public long number;
    /** The frame's stamp, whoever gave it. */
    public long stampNs;
    /** True if the stamp is its arrival, so that the wait for its block can be told. */
    public boolean live;
    /** When the engine saw it. */
    public long visibleNs;
    /** When the dispatcher handed it to the worker. */
    public long dispatchedNs;
    /** When the worker's batch with it began. */
    public long beginNs;
    /** When the worker was through with the batch. */
    public long endNs;
    /** Frames of the batch. */
    public int batchFrames;
    /** Which worker. */
    public int worker;
    /** Identifier of its flow, or 0 if it had none or the flow was over by the end of the batch. */
    public long flowId;
    /** 4 or 6, 0 if it is no IP: then there are neither addresses nor protocol. */
    public int ipVersion;
    /** Transport protocol. */
    public int protocol;
    /** What the flow was recognised as by then, its innermost protocol's number, or 0. */
    public int recognised;
    /** Bytes on the wire. */
    public int length;
    /** Upper half of the source address; 0 in IPv4. */
    public long sourceHi;
    /** Lower half of the source address. */
    public long sourceLo;
    /** Upper half of the destination address. */
    public long destinationHi;
    /** Lower half of the destination address. */
    public long destinationLo;
    /** Source port, or 0. */
    public int sourcePort;
    /** Destination port, or 0. */
    public int destinationPort;

    /** Takes everything over from another. */
    void copy(final SlowFrame from) {
        rankNs = from.rankNs;
        number = from.number;
        stampNs = from.stampNs;
        live = from.live;
        visibleNs = from.visibleNs;
        dispatchedNs = from.dispatchedNs;
        beginNs = from.beginNs;
        endNs = from.endNs;
        batchFrames = from.batchFrames;
        worker = from.worker;
        flowId = from.flowId;
        ipVersion = from.ipVersion;
        protocol = from.protocol;
        recognised = from.recognised;
        length = from.length;
        sourceHi = from.sourceHi;
        sourceLo = from.sourceLo;
        destinationHi = from.destinationHi;
        destinationLo = from.destinationLo;
        sourcePort = from.sourcePort;
        destinationPort = from.destinationPort;
    }
}
