package io.weir.protocol;

import io.weir.event.ExpectationEvent;
import io.weir.protocol.catalogue.Protocols;
import org.agrona.concurrent.UnsafeBuffer;

/** An announced flow as text: {@code ftp-data/6 10.0.0.2:1234 10.0.0.1:0}, who waits and who comes. */
final class Announcement {
    private Announcement() {
    }

    static String of(final UnsafeBuffer ring, final int body) {
        final ExpectationEvent event = new ExpectationEvent().wrap(ring, body);
        return Protocols.of(event.protocol()).name() + "/" + event.ipProtocol() + " "
            + address(event.ipVersion(), event.waitingHi(), event.waitingLo()) + ":" + event.waitingPort() + " "
            + address(event.ipVersion(), event.comingHi(), event.comingLo()) + ":" + event.comingPort();
    }

    private static String address(final int version, final long hi, final long lo) {
        return version == 4
            ? (lo >>> 24) + "." + (lo >>> 16 & 0xff) + "." + (lo >>> 8 & 0xff) + "." + (lo & 0xff)
            : Long.toHexString(hi) + "/" + Long.toHexString(lo);
    }
}
