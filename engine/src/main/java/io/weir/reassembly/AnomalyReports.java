package io.weir.reassembly;

import static io.weir.reassembly.TcpConnections.REPORTED;

import io.weir.event.Anomaly;
import io.weir.packet.Frame;
import org.agrona.UnsafeApi;

/** Passes each kind of anomaly on once for every connection, so that a flow of oddities makes no flood of records. */
final class AnomalyReports {
    private final AnomalySink sink;

    AnomalyReports(final AnomalySink sink) {
        this.sink = sink;
    }

    /** Reports an anomaly without more to tell. */
    void report(final long handle, final long connection, final Frame frame, final Anomaly anomaly) {
        report(handle, connection, frame, anomaly, -1, frame.payloadLength, 0, 0);
    }

    /** Reports an anomaly, see {@link AnomalySink}. */
    void report(final long handle, final long connection, final Frame frame, final Anomaly anomaly,
        final long streamOffset, final int length, final long keptHash, final long refusedHash) {
        final long reported = TcpConnections.cold(connection, 0) + REPORTED;
        final int mask = UnsafeApi.getInt(reported);
        if ((mask & anomaly.bit()) == 0) {
            UnsafeApi.putInt(reported, mask | anomaly.bit());
            sink.anomaly(handle, frame, anomaly, streamOffset, length, keptHash, refusedHash);
        }
    }
}
