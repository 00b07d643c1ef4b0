package io.weir.reassembly.model;

import io.weir.reassembly.model.Passage.Place;
import java.util.Comparator;
import java.util.List;

/** Where on the wire weir looks on. */
enum Tap {
    /** At the left host: what it sends, and what arrives there. */
    LEFT(Place.FROM_LEFT, Place.TO_LEFT),
    /** At the right host. */
    RIGHT(Place.FROM_RIGHT, Place.TO_RIGHT),
    /** At both senders: sees what gets lost later, and nothing out of order that the hosts did not send so. */
    BEFORE(Place.FROM_LEFT, Place.FROM_RIGHT),
    /** At both receivers. */
    AFTER(Place.TO_LEFT, Place.TO_RIGHT);

    /** How what weir delivers of a stream and what an application read of it compare. */
    enum Extent {
        /** They are the same. */
        WHAT_WAS_READ,
        /** Frames are lost behind this place: more may be delivered. */
        AT_LEAST_WHAT_WAS_READ,
        /** Acknowledgements are seen too late to tell which reset a host takes. */
        BEGINNING
    }

    private final Place first;
    private final Place second;

    Tap(final Place first, final Place second) {
        this.first = first;
        this.second = second;
    }

    /** What this tap sees, in the order of time. */
    List<Passage> seen(final List<Passage> log) {
        return log.stream().filter(passage -> sees(passage.place()))
            .sorted(Comparator.comparingLong(Passage::timestampNs)).toList();
    }

    /** How much of what a host sends is delivered here, if the connection is reset. */
    Extent ofReset(final boolean leftSends) {
        if (this == AFTER) {
            return Extent.BEGINNING;
        }
        return sees(leftSends ? Place.TO_RIGHT : Place.TO_LEFT) ? Extent.WHAT_WAS_READ : Extent.AT_LEAST_WHAT_WAS_READ;
    }

    private boolean sees(final Place place) {
        return place == first || place == second;
    }
}
