package io.weir.output;

import io.weir.event.FlowEvent;
import io.weir.flow.EndReason;
import io.weir.flow.FlowState;
import io.weir.flow.TcpState;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.agrona.concurrent.UnsafeBuffer;

/** Labels of the codes in records, by code. */
final class EveLabels {
    static final String[] FLOW_STATES = Arrays.stream(FlowState.values()).map(FlowState::label).toArray(String[]::new);
    static final String[] END_REASONS = Arrays.stream(EndReason.values()).map(EndReason::label).toArray(String[]::new);
    static final String[] TCP_STATES = Arrays.stream(TcpState.values()).map(TcpState::label).toArray(String[]::new);

    private EveLabels() {
    }

    /** The label of a code, the nearest for a code without one. */
    static byte[] label(final byte[][] labels, final int code) {
        return labels[Math.min(Math.max(code, 0), labels.length - 1)];
    }

    /**
     * The words that rules have added to a flow, between brackets; nothing if there is none.
     *
     * @param field what stands before them, the bracket included
     * @param names word, in UTF-8, of a label with this number
     * @return false if there is none
     */
    static boolean words(final byte[] field, final FlowEvent flow, final IntFunction<byte[]> names,
        final UnsafeBuffer view, final JsonWriter json) {
        if (flow.label(0) < 0) {
            return false;
        }
        json.raw(field);
        for (int i = 0; i < FlowEvent.MAX_LABELS && flow.label(i) >= 0; i++) {
            if (i > 0) {
                json.raw(',');
            }
            view.wrap(names.apply(flow.label(i)));
            json.text(view, 0, view.capacity());
        }
        json.raw(']');
        return true;
    }

    /** A field for each label: what stands before it, and a quote behind. */
    static byte[][] labelled(final String name, final String... labels) {
        final byte[][] fields = new byte[labels.length][];
        for (int i = 0; i < labels.length; i++) {
            fields[i] = JsonWriter.ascii(name + labels[i] + '"');
        }
        return fields;
    }
}
