package io.weir.stats;

import io.weir.packet.Frame;
import java.util.Arrays;

/**
 * What passed a worker in one interval. Frames and bytes in all are exact; those by protocol, application and address
 * are what the frames that were looked at stand for. Owned by the worker until it begins the next, then by the reader.
 */
public final class ActivityInterval {
    private static final int IP_PROTOCOLS = 256;

    private final long[] transports = new long[2 * IP_PROTOCOLS];
    private final long[] protocols;
    private final long[] applications;
    private final HeavyHitters talkers;
    private long frames;
    private long bytes;
    private long weighedFrames;
    private long weighedBytes;
    private long beginNs;
    private long endNs;

    ActivityInterval(final int protocols, final int applications, final long seed) {
        this.protocols = new long[2 * (protocols + 1)];
        this.applications = new long[2 * (applications + 1)];
        talkers = new HeavyHitters(seed);
    }

    void begin(final long nowNs) {
        Arrays.fill(transports, 0);
        Arrays.fill(protocols, 0);
        Arrays.fill(applications, 0);
        talkers.clear();
        frames = 0;
        bytes = 0;
        weighedFrames = 0;
        weighedBytes = 0;
        beginNs = nowNs;
    }

    void end(final long nowNs) {
        endNs = nowNs;
    }

    void add(final Frame frame, final int protocol, final int application, final int weight) {
        final long length = (long) frame.wireLength * weight;
        weighedFrames += weight;
        weighedBytes += length;
        if (frame.ipVersion == 0) {
            return;
        }
        if (protocol == 0) {
            count(transports, frame.protocol & 0xff, weight, length);
        } else {
            count(protocols, protocol, weight, length);
        }
        if (application != 0 && 2 * application < applications.length) {
            count(applications, application, weight, length);
        }
        final long toUpper = frame.fromUpper ? 0 : length;
        talkers.add(frame.ipVersion, frame.lowerHi, frame.lowerLo, toUpper, length - toUpper, weight);
        talkers.add(frame.ipVersion, frame.upperHi, frame.upperLo, length - toUpper, toUpper, weight);
    }

    private static void count(final long[] sums, final int number, final long frames, final long bytes) {
        sums[2 * number] += frames;
        sums[2 * number + 1] += bytes;
    }

    void passed(final long batchFrames, final long batchBytes) {
        frames += batchFrames;
        bytes += batchBytes;
    }

    /** Frames in all. */
    public long frames() {
        return frames;
    }

    /** Bytes on the wire in all. */
    public long bytes() {
        return bytes;
    }

    /** Length of the interval in ns. */
    public long durationNs() {
        return endNs - beginNs;
    }

    /** What the sums of looked-at frames must be multiplied with to be frames. */
    double frameFactor() {
        return weighedFrames == 0 ? 0 : (double) frames / weighedFrames;
    }

    /** What the sums of looked-at bytes must be multiplied with to be bytes. */
    double byteFactor() {
        return weighedBytes == 0 ? 0 : (double) bytes / weighedBytes;
    }

    /** Frames, and in the next element bytes, by IP protocol, of flows without a protocol that has a name. */
    long[] transports() {
        return transports;
    }

    /** The same by number of protocol. */
    long[] protocols() {
        return protocols;
    }

    /** The same by number of application. */
    long[] applications() {
        return applications;
    }

    HeavyHitters talkers() {
        return talkers;
    }
}
