package io.weir.rule.model;

import java.util.List;

/**
 * What is asked last of a match, and what it changes, where that concerns more than its flow: decided by the
 * aggregator, in the order of frames.
 */
public sealed interface AcrossFlows {
    /** By what matches are told apart. */
    sealed interface Key {
        /** A part of the match's identity. */
        enum Part implements Key {
            /** Who sent what matched. */
            SOURCE,
            /** Whom it was sent to. */
            DESTINATION,
            /** Both, in either direction. */
            BOTH,
            /** The flow. */
            FLOW,
            /** Nothing more than the rule. */
            RULE,
            /** Who began the flow; of frames without one, their source. */
            INITIATOR,
            /** Whom it was begun with. */
            RESPONDER,
            /** The port it was begun with. */
            RESPONDER_PORT,
            /** Port of who sent what matched. */
            SOURCE_PORT,
            /** Port that it was sent to. */
            DESTINATION_PORT
        }

        /** Value of a field of the transaction. */
        record OfField(io.weir.protocol.Field field) implements Key {
        }
    }

    /**
     * Limits alerts: {@code count} within {@code seconds} for each key.
     *
     * @param seconds 0 for an interval that lasts as long as there are matches
     */
    record Threshold(Type type, Key.Part key, long count, long seconds) implements AcrossFlows {
        /** Which matches become alerts. */
        public enum Type {
            /** The first {@code count} of each interval. */
            LIMIT,
            /** Each {@code count}th. */
            THRESHOLD,
            /** One for each interval, at the {@code count}th. */
            BOTH
        }
    }

    /** Limits alerts to the {@code count}th of a key, and then each time there were so many times as many. */
    record Backoff(Key.Part key, long count, long multiplier) implements AcrossFlows {
    }

    /**
     * Alerts are made beyond {@code count} matches within {@code seconds}.
     *
     * @param distinct of which values are counted, not matches; or null
     */
    record DetectionFilter(Key.Part key, Key.Part distinct, long count, long seconds) implements AcrossFlows {
        /** Counts matches. */
        public DetectionFilter(final Key.Part key, final long count, final long seconds) {
            this(key, null, count, seconds);
        }
    }

    /**
     * Holds for a flow that another has announced as one of a protocol, or whose content says that it is.
     *
     * @param content what it carries, as the announcement says: a field and its value in lower case; or null
     */
    record Announced(io.weir.protocol.Protocol protocol, Content content) implements AcrossFlows {
        /** A field of the announcement's record, and its value. */
        public record Content(io.weir.protocol.Field field, String value) {
        }
    }

    /** No alert if the address of the match's source, destination, or either (BOTH) is one of these. */
    record Suppression(Key.Part key, AddressSet addresses) implements AcrossFlows {
    }

    /** Holds if at least {@code count} matches, or distinct values of a field, came within {@code seconds}. */
    record Count(List<Key> keys, Key distinct, long count, long seconds) implements AcrossFlows {
        /** Copies what it is given. */
        public Count {
            keys = List.copyOf(keys);
        }
    }

    /** Holds for a key that was not seen within {@code seconds}. */
    record FirstSeen(List<Key> keys, long seconds) implements AcrossFlows {
        /** Copies what it is given. */
        public FirstSeen {
            keys = List.copyOf(keys);
        }
    }

    /** Asks or changes a bit of a host or pair of hosts. */
    record HostBit(String name, Key.Part key, Command command, long expireSeconds) implements AcrossFlows {
        /** What is done with the bit. */
        public enum Command {
            SET, UNSET, TOGGLE, IS_SET, IS_NOT_SET
        }
    }
}
