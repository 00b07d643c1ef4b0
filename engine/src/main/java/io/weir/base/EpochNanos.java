package io.weir.base;

import java.time.Instant;

/** The system's real-time clock at full resolution. */
final class EpochNanos {
    private EpochNanos() {
    }

    static long now() {
        final Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
