package io.weir.cli;

import io.weir.event.AlertEvent;
import io.weir.output.RecordOutput;
import io.weir.rule.model.Rule;
import java.util.ArrayList;
import java.util.List;

/** Collects how often each stage of a rule held, and where first. A stage's rule has its number, from 1, as sid. */
final class StageMatches implements RecordOutput {
    private final long[] counts;
    private final List<List<String>> places = new ArrayList<>();
    private final byte[][] bytes;
    private final int mostPlaces;
    private final int mostBytes;

    /**
     * Collects nothing yet.
     *
     * @param mostPlaces frames that are named for each stage
     * @param mostBytes  bytes that are kept of the first match of each
     */
    StageMatches(final int stages, final int mostPlaces, final int mostBytes) {
        counts = new long[stages];
        bytes = new byte[stages][0];
        this.mostPlaces = mostPlaces;
        this.mostBytes = mostBytes;
        for (int i = 0; i < stages; i++) {
            places.add(new ArrayList<>());
        }
    }

    @Override
    public void alert(final AlertEvent event, final Rule rule) {
        final int stage = (int) rule.id().signature() - 1;
        counts[stage]++;
        if (places.get(stage).size() < mostPlaces) {
            places.get(stage).add(place(event));
        }
        if (counts[stage] == 1) {
            bytes[stage] = new byte[Math.min(mostBytes, event.payloadLength())];
            event.buffer().getBytes(event.payloadOffset(), bytes[stage]);
        }
    }

    private static String place(final AlertEvent event) {
        return (event.frameNumber() == 0 ? "at the flow's end" : "frame " + event.frameNumber())
            + (event.transaction() == AlertEvent.NO_TRANSACTION ? "" : " transaction " + event.transaction());
    }

    /** How often a stage held. */
    long count(final int stage) {
        return counts[stage];
    }

    /** The first places where it did. */
    String where(final int stage) {
        return String.join(", ", places.get(stage)) + (counts[stage] > mostPlaces ? ", ..." : "");
    }

    /** The very first. */
    String firstPlace(final int stage) {
        return places.get(stage).get(0);
    }

    /** The beginning of what was inspected there. */
    byte[] bytes(final int stage) {
        return bytes[stage].clone();
    }
}
