package io.weir.rule.compile;

import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.rule.model.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules that are asked when something odd is seen. Immutable. */
public final class EventIndex {
    private static final int[] NONE = {};

    private final int[] ofFrames;
    private final Map<ProtocolEvent, int[]> ofParsers;
    private final boolean asksStreams;

    private EventIndex(final int[] ofFrames, final Map<ProtocolEvent, int[]> ofParsers, final boolean asksStreams) {
        this.ofFrames = ofFrames;
        this.asksStreams = asksStreams;
        this.ofParsers = ofParsers;
    }

    /** True if there are rules about what parsers report. */
    public boolean hasParsers() {
        return !ofParsers.isEmpty();
    }

    /** Rules about what decoding and reassembly see; not to be changed. */
    public int[] ofFrames() {
        return ofFrames;
    }

    /** True if a rule, of whatever kind, asks what reassembly sees. */
    public boolean asksStreams() {
        return asksStreams;
    }

    /** Rules about what a parser has reported; not to be changed. */
    public int[] of(final ProtocolEvent event) {
        final int[] rules = ofParsers.get(event);
        return rules == null ? NONE : rules;
    }

    /** Gathers rules; one thread. */
    static final class Builder {
        private final List<Integer> ofFrames = new ArrayList<>();
        private final Map<ProtocolEvent, List<Integer>> ofParsers = new HashMap<>();
        private boolean asksStreams;

        /** Notes what a rule asks that is a candidate by something else than these events. */
        void note(final List<Condition.Event> events) {
            asksStreams |= events.stream().anyMatch(event -> event.kind() == Condition.Event.Kind.STREAM);
        }

        /** Adds a rule, in ascending order. */
        void add(final int rule, final List<Condition.Event> events, final List<Protocol> protocols) {
            note(events);
            for (final Condition.Event event : events) {
                if (event.kind() != Condition.Event.Kind.APPLICATION) {
                    addOnce(ofFrames, rule);
                    continue;
                }
                for (final Protocol protocol : protocols) {
                    for (final ProtocolEvent each : protocol.events()) {
                        if (event.name().equals(protocol.name() + "." + each.label())) {
                            addOnce(ofParsers.computeIfAbsent(each, key -> new ArrayList<>()), rule);
                        }
                    }
                }
            }
        }

        private static void addOnce(final List<Integer> list, final int rule) {
            if (!list.contains(rule)) {
                list.add(rule);
            }
        }

        EventIndex build() {
            final Map<ProtocolEvent, int[]> built = new HashMap<>();
            ofParsers.forEach((event, rules) -> built.put(event, PatternGroups.array(rules)));
            return new EventIndex(PatternGroups.array(ofFrames), built, asksStreams);
        }
    }
}
