package io.weir.rule.alert;

import io.weir.event.AlertEvent;
import io.weir.event.FlowEvent;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.AcrossFlows.HostBit;
import io.weir.rule.model.Rule;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Decides which matches become alerts, where that depends on more than a flow: thresholds, counts, bits of hosts. Asked
 * with matches in the order of frames; time is that of their stamps, so that the same trace gives the same alerts. One
 * thread; memory is fixed.
 */
public final class Decisions {
    private static final long SECOND_NS = 1_000_000_000L;
    /** Where a rule names no interval, a key that has not matched for so long is counted anew. */
    private static final long REST_SECONDS = 3600;
    private static final int DISTINCT = 0x10_0000;

    private final StateTable states;
    private final MatchKey key;
    private Announcements announcements = Announcements.NONE;

    /**
     * Makes one that knows nothing yet.
     *
     * @param capacity states at most: one for each rule and key
     * @param seed     of this process
     */
    public Decisions(final int capacity, final long seed) {
        states = new StateTable(capacity);
        key = new MatchKey(seed);
    }

    /** Sets who knows which flows were announced. */
    public void announcements(final Announcements value) {
        announcements = value;
    }

    /** True if a match becomes an alert; its rule's bits of hosts are changed if it may. */
    public boolean decide(final Rule rule, final AlertEvent match) {
        final List<AcrossFlows> asked = rule.acrossFlows();
        boolean holds = true;
        for (int i = 0; i < asked.size() && holds; i++) {
            holds = holds(rule, i, asked.get(i), match);
        }
        for (int i = 0; i < asked.size() && holds; i++) {
            if (asked.get(i) instanceof HostBit bit) {
                change(bit, match);
            }
        }
        return holds;
    }

    /** States that made room for others before their time. */
    public long forgotten() {
        return states.forgotten();
    }

    private boolean holds(final Rule rule, final int number, final AcrossFlows asked, final AlertEvent match) {
        // of the rule's identity, not its number in a set: a reload keeps what was counted
        final long kind = (rule.id().signature() << 16 | rule.id().generator() & 0xfff) * 31 + number;
        final long nowNs = match.stampNs();
        if (asked instanceof AcrossFlows.Threshold threshold) {
            key.begin(kind).add(threshold.key(), match);
            return threshold(threshold, nowNs);
        }
        if (asked instanceof AcrossFlows.DetectionFilter filter) {
            key.begin(kind).add(filter.key(), match);
            final int state = window(nowNs, filter.seconds());
            return (filter.distinct() == null ? states.increment(state)
                : distinct(filter, kind, state, match)) > filter.count();
        }
        if (asked instanceof AcrossFlows.Backoff backoff) {
            key.begin(kind).add(backoff.key(), match);
            return backoff(backoff, nowNs);
        }
        if (asked instanceof AcrossFlows.Count count) {
            return count(count, kind, match);
        }
        if (asked instanceof AcrossFlows.FirstSeen first) {
            return firstSeen(first, kind, match);
        }
        if (asked instanceof AcrossFlows.Announced announced) {
            return isAnnounced(announced, match.flow());
        }
        if (asked instanceof AcrossFlows.Suppression suppression) {
            return isWanted(suppression, match);
        }
        return !(asked instanceof HostBit bit) || isAsIt(bit, match);
    }

    /** The state of the key, begun anew if its time is over. */
    private int window(final long nowNs, final long seconds) {
        final int state = states.find(key.hi(), key.lo(), nowNs);
        return state >= 0 ? state : states.begin(key.hi(), key.lo(), nowNs, nowNs + Math.max(1, seconds) * SECOND_NS);
    }

    /** The same, whose time begins anew with each match. */
    private int lasting(final long nowNs) {
        final int state = window(nowNs, REST_SECONDS);
        states.until(state, nowNs + REST_SECONDS * SECOND_NS);
        return state;
    }

    /** How many values there were in a filter's interval, with this one. */
    private long distinct(final AcrossFlows.DetectionFilter filter, final long kind, final int state,
        final AlertEvent match) {
        final long since = states.since(state);
        key.begin(kind + DISTINCT).since(since).add(filter.key(), match);
        key.add(filter.distinct(), match);
        if (states.find(key.hi(), key.lo(), match.stampNs()) >= 0) {
            return states.count(state);
        }
        final long count = states.increment(state);
        states.begin(key.hi(), key.lo(), match.stampNs(), since + Math.max(1, filter.seconds()) * SECOND_NS);
        return count;
    }

    private boolean threshold(final AcrossFlows.Threshold threshold, final long nowNs) {
        final int state = threshold.seconds() == 0 ? lasting(nowNs) : window(nowNs, threshold.seconds());
        final long count = states.increment(state);
        return switch (threshold.type()) {
            case LIMIT -> count <= threshold.count();
            case BOTH -> count == threshold.count();
            case THRESHOLD -> {
                if (count >= threshold.count()) {
                    states.count(state, 0);
                    yield true;
                }
                yield false;
            }
        };
    }

    private boolean backoff(final AcrossFlows.Backoff backoff, final long nowNs) {
        final int state = lasting(nowNs);
        final long count = states.increment(state);
        long next = backoff.count();
        while (next < count && backoff.multiplier() > 1) {
            next *= backoff.multiplier();
        }
        return next == count;
    }

    private boolean count(final AcrossFlows.Count count, final long kind, final AlertEvent match) {
        final long nowNs = match.stampNs();
        if (count.distinct() != null) {
            final boolean known = key.begin(kind + DISTINCT).add(count.keys(), match)
                && key.add(count.distinct(), match);
            if (!known || states.find(key.hi(), key.lo(), nowNs) >= 0) {
                return false;
            }
            states.begin(key.hi(), key.lo(), nowNs, nowNs + Math.max(1, count.seconds()) * SECOND_NS);
        }
        if (!key.begin(kind).add(count.keys(), match)) {
            return false;
        }
        return states.increment(window(nowNs, count.seconds())) == count.count();
    }

    private boolean firstSeen(final AcrossFlows.FirstSeen first, final long kind, final AlertEvent match) {
        final long nowNs = match.stampNs();
        if (!key.begin(kind).add(first.keys(), match)) {
            return false;
        }
        final boolean seen = states.find(key.hi(), key.lo(), nowNs) >= 0;
        states.begin(key.hi(), key.lo(), nowNs, nowNs + Math.max(1, first.seconds()) * SECOND_NS);
        return !seen;
    }

    private boolean isAnnounced(final AcrossFlows.Announced announced, final FlowEvent flow) {
        final AcrossFlows.Announced.Content content = announced.content();
        if (content == null && flow.protocolNumber(0) == announced.protocol().id()) {
            return true;
        }
        return announcements.isAnnounced(flow, announced.protocol(), content == null ? null : content.field(),
            content == null ? null : content.value().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean isWanted(final AcrossFlows.Suppression suppression, final AlertEvent match) {
        final boolean source = isIn(suppression, match, true);
        final boolean destination = isIn(suppression, match, false);
        return switch (suppression.key()) {
            case SOURCE -> !source;
            case DESTINATION -> !destination;
            case BOTH -> !source && !destination;
            default -> false;
        };
    }

    private static boolean isIn(final AcrossFlows.Suppression suppression, final AlertEvent match,
        final boolean ofSource) {
        final FlowEvent flow = match.flow();
        final boolean initiator = (match.isToServer() || flow.flowId() == 0) == ofSource;
        return suppression.addresses().contains(flow.ipVersion(), initiator ? flow.initiatorHi() : flow.responderHi(),
            initiator ? flow.initiatorLo() : flow.responderLo());
    }

    private boolean isAsIt(final HostBit bit, final AlertEvent match) {
        return switch (bit.command()) {
            case IS_SET -> isSet(bit, match);
            case IS_NOT_SET -> !isSet(bit, match);
            default -> true;
        };
    }

    private boolean isSet(final HostBit bit, final AlertEvent match) {
        bitKey(bit, match);
        return states.find(key.hi(), key.lo(), match.stampNs()) >= 0;
    }

    private void bitKey(final HostBit bit, final AlertEvent match) {
        // by name alone: all rules share the bit; source and destination are both addresses of a host
        final AcrossFlows.Key.Part part = bit.key();
        key.begin(bit.name().hashCode() | (part == AcrossFlows.Key.Part.BOTH ? 1L << 33 : 1L << 32)).add(part, match);
    }

    private void change(final HostBit bit, final AlertEvent match) {
        final boolean sets = switch (bit.command()) {
            case SET -> true;
            case TOGGLE -> !isSet(bit, match);
            default -> false;
        };
        final boolean unsets = bit.command() == HostBit.Command.UNSET
            || bit.command() == HostBit.Command.TOGGLE && !sets;
        bitKey(bit, match);
        final long nowNs = match.stampNs();
        if (sets) {
            states.begin(key.hi(), key.lo(), nowNs, nowNs + Math.max(1, bit.expireSeconds()) * SECOND_NS);
        } else if (unsets) {
            final int state = states.find(key.hi(), key.lo(), nowNs);
            if (state >= 0) {
                states.end(state);
            }
        }
    }
}
