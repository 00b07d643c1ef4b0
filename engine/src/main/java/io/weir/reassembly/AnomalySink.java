package io.weir.reassembly;

import io.weir.event.Anomaly;
import io.weir.packet.Frame;

/** Hears of anomalies in TCP streams, on the worker's thread; each kind at most once for every connection. */
public interface AnomalySink {
    /** Nobody listens. */
    AnomalySink NONE = (handle, frame, anomaly, streamOffset, length, keptHash, refusedHash) -> { };

    /**
     * An anomaly was found.
     *
     * @param handle       flow
     * @param frame        that showed it
     * @param streamOffset place in the stream concerned, or -1; for a gap that may be the stream which the frame's
     *                     sender receives
     * @param length       bytes concerned, or 0
     * @param keptHash     64-bit hash of the bytes that count, where two copies differ; else 0
     * @param refusedHash  64-bit hash of the copy that does not count; else 0
     */
    void anomaly(long handle, Frame frame, Anomaly anomaly, long streamOffset, int length, long keptHash,
        long refusedHash);
}
