package io.weir.rule.action;

import io.weir.event.FlowEvent;
import io.weir.rule.model.Effect;

/** What is done to one flow. Reused for others. */
final class FlowAction {
    private static final long SECOND_NS = 1_000_000_000L;

    /** The flow. */
    long handle;
    /** Its packets are captured. */
    boolean captures;
    /** Those from before were not written yet. */
    boolean hasEarlier;
    /** Only if the aggregator says so. */
    boolean conditional;
    /** Captured bytes left. */
    long bytesLeft;

    private final int[] labels = new int[FlowEvent.MAX_LABELS];
    private int labelCount;
    private Effect.Tag tag;
    private boolean tagBegins;
    private long tagged;
    private long tagBeganNs;

    void begin(final long flow, final long captureBytes) {
        handle = flow;
        captures = false;
        hasEarlier = false;
        conditional = true;
        bytesLeft = captureBytes;
        labelCount = 0;
        tag = null;
    }

    /** Captures from now on. */
    void capture(final boolean ifHeld) {
        if (!captures) {
            captures = true;
            hasEarlier = true;
        }
        conditional &= ifHeld;
    }

    /** Adds a label unless it is there; false if there are as many as may be. */
    boolean label(final int number) {
        for (int i = 0; i < labelCount; i++) {
            if (labels[i] == number) {
                return true;
            }
        }
        if (labelCount == labels.length) {
            return false;
        }
        labels[labelCount++] = number;
        return true;
    }

    void describe(final FlowEvent event) {
        for (int i = 0; i < labelCount; i++) {
            event.label(i, labels[i]);
        }
    }

    /** Tags the packets that follow; one that goes on goes on, unless the new one asks for more of the same. */
    void tag(final Effect.Tag value) {
        if (tag == null || tag.unit() == value.unit() && tag.count() < value.count()) {
            tagBegins |= tag == null;
            tag = value;
        }
    }

    /**
     * Takes a packet into account; true if it is tagged. As in Suricata the packet that matched counts, and is not
     * tagged; seconds are whole ones.
     */
    boolean tags(final int wireLength, final long timeNs) {
        if (tag == null) {
            return false;
        }
        if (tagBegins) {
            tagged = 0;
            tagBeganNs = timeNs;
        }
        final boolean first = tagBegins;
        tagBegins = false;
        tagged += tag.unit() == Effect.Tag.Unit.BYTES ? wireLength : 1;
        final boolean over = tag.unit() == Effect.Tag.Unit.SECONDS
            ? Math.floorDiv(timeNs, SECOND_NS) - Math.floorDiv(tagBeganNs, SECOND_NS) > tag.count()
            : tagged > tag.count();
        if (over && !first) {
            tag = null;
        }
        return !over && !first;
    }
}
