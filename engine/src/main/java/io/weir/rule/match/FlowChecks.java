package io.weir.rule.match;

import io.weir.packet.Frame;
import io.weir.protocol.Protocol;
import io.weir.rule.model.Condition;

/** Checks of the flow. */
final class FlowChecks {
    private FlowChecks() {
    }

    /** State and direction. */
    static final class State extends Check {
        private final Condition.FlowState state;

        State(final Condition.FlowState state) {
            super(state);
            this.state = state;
        }

        @Override
        public boolean holds(final Subject subject) {
            if (state.direction() != null && (subject.flow < 0
                || subject.toServer != (state.direction() == Condition.Direction.TO_SERVER))) {
                return false;
            }
            if (state.established() != null && (subject.flow < 0
                || state.established() != subject.facts.isEstablished(subject.flow))) {
                return false;
            }
            return state.fragment() == null || subject.frame != null
                && state.fragment() == (subject.frame.datagramBlock != Frame.NO_BLOCK);
        }
    }

    /** One of the flow's ends. */
    static final class End extends Check {
        private final Condition.FlowEndpoint wanted;

        End(final Condition.FlowEndpoint wanted) {
            super(wanted);
            this.wanted = wanted;
        }

        @Override
        public boolean holds(final Subject subject) {
            // what has no flow goes to its server
            final boolean ofSender = wanted.initiator() == (subject.toServer || subject.flow < 0);
            return ofSender ? accepts(subject.ipVersion, subject.sourceHi, subject.sourceLo, subject.sourcePort)
                : accepts(subject.ipVersion, subject.destinationHi, subject.destinationLo, subject.destinationPort);
        }

        private boolean accepts(final int version, final long hi, final long lo, final int port) {
            return version != 0 && wanted.accepted().ports().contains(port)
                && wanted.accepted().addresses().contains(version, hi, lo);
        }
    }

    /** A number of the flow. */
    static final class Numbered extends Check {
        private final Condition.FlowFact fact;

        Numbered(final Condition.FlowFact fact) {
            super(fact);
            this.fact = fact;
        }

        @Override
        public boolean holds(final Subject subject) {
            return subject.flow >= 0 && fact.numbers().contains(subject.facts.number(subject.flow, fact.number()));
        }
    }

    /** Flow bits. */
    static final class Bits extends Check {
        private final int[] bits;
        private final boolean negated;

        Bits(final Condition.FlowBit wanted, final FlowNames names) {
            super(wanted);
            bits = wanted.names().stream().sorted().mapToInt(names::number).toArray();
            negated = wanted.negated();
        }

        @Override
        public boolean holds(final Subject subject) {
            return isOneSet(subject.variables) != negated;
        }

        private boolean isOneSet(final FlowVariables variables) {
            if (variables == null) {
                return false;
            }
            for (final int bit : bits) {
                if (variables.isSet(bit)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A counter of the flow. */
    static final class Counted extends Check {
        private final int name;
        private final Condition.FlowInt wanted;

        Counted(final Condition.FlowInt wanted, final FlowNames names) {
            super(wanted);
            this.wanted = wanted;
            name = names.number(wanted.name());
        }

        @Override
        public boolean holds(final Subject subject) {
            final int place = subject.variables == null ? -1 : subject.variables.find(name);
            final boolean found = place >= 0
                && (wanted.numbers() == null || wanted.numbers().contains(subject.variables.valueAt(place)));
            return found != wanted.negated();
        }
    }

    /** A counter of the flow less another. */
    static final class Difference extends Check {
        private final int name;
        private final int other;
        private final Condition.FlowIntDifference wanted;

        Difference(final Condition.FlowIntDifference wanted, final FlowNames names) {
            super(wanted);
            this.wanted = wanted;
            name = names.number(wanted.name());
            other = names.number(wanted.other());
        }

        @Override
        public boolean holds(final Subject subject) {
            final FlowVariables variables = subject.variables;
            return variables != null && variables.find(name) >= 0 && variables.find(other) >= 0
                && wanted.numbers().contains(variables.value(name) - variables.value(other));
        }
    }

    /** What the flow was recognised as. */
    static final class Application extends Check {
        private final Protocol[] protocols;
        private final boolean negated;
        private final Condition.Application.Layer layer;

        Application(final Condition.Application condition) {
            super(condition);
            protocols = condition.protocols().toArray(new Protocol[0]);
            negated = condition.negated();
            layer = condition.layer();
        }

        @Override
        public boolean holds(final Subject subject) {
            if (subject.flow < 0) {
                return false;
            }
            for (final Protocol protocol : protocols) {
                if (subject.facts.is(subject.flow, protocol, layer, subject.toServer)) {
                    return !negated;
                }
            }
            return negated && subject.facts.isJudged(subject.flow);
        }
    }

    /** That the flow was recognised as nothing. */
    static final class Unrecognised extends Check {
        private final boolean early;

        Unrecognised(final Condition.Unrecognised wanted) {
            super(wanted);
            early = wanted.early();
        }

        @Override
        public boolean holds(final Subject subject) {
            return subject.flow >= 0 && !subject.facts.isRecognised(subject.flow)
                && subject.facts.isJudged(subject.flow) != early;
        }
    }

    /** Name of the application. */
    static final class Service extends Check {
        private final Condition.Service wanted;

        Service(final Condition.Service wanted) {
            super(wanted);
            this.wanted = wanted;
        }

        @Override
        public boolean holds(final Subject subject) {
            final String name = subject.flow < 0 ? null : subject.facts.application(subject.flow);
            return name != null && wanted.names().contains(name);
        }
    }

    /** Something odd that a parser has reported of the flow. */
    static final class Reported extends Check {
        private final Protocol protocol;
        private final int event;

        Reported(final Condition condition, final Protocol protocol, final int event) {
            super(condition);
            this.protocol = protocol;
            this.event = event;
        }

        @Override
        public boolean holds(final Subject subject) {
            return subject.flow >= 0 && subject.facts.wasReported(subject.flow, protocol, event);
        }
    }

    /** Reputation of the flow's or frame's addresses. */
    static final class Reputed extends Check {
        private final Condition.Reputation wanted;
        private final Reputations reputations;
        private final int category;

        Reputed(final Condition.Reputation wanted, final Reputations reputations) {
            super(wanted);
            this.wanted = wanted;
            this.reputations = reputations;
            category = reputations.category(wanted.category());
            if (category == Reputations.UNKNOWN) {
                throw new IllegalArgumentException("there is no category of reputations " + wanted.category());
            }
        }

        @Override
        public boolean holds(final Subject subject) {
            return switch (wanted.of()) {
                case SOURCE -> source(subject);
                case DESTINATION -> destination(subject);
                case BOTH -> source(subject) && destination(subject);
                case ANY -> source(subject) || destination(subject);
            };
        }

        private boolean source(final Subject subject) {
            return accepts(subject.ipVersion, subject.sourceHi, subject.sourceLo);
        }

        private boolean destination(final Subject subject) {
            return accepts(subject.ipVersion, subject.destinationHi, subject.destinationLo);
        }

        private boolean accepts(final int version, final long hi, final long lo) {
            final int score = reputations.score(category, version, hi, lo);
            return score != Reputations.UNKNOWN && wanted.scores().contains(score);
        }
    }
}
