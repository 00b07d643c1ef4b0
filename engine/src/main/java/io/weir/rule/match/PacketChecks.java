package io.weir.rule.match;

import io.weir.packet.Frame;
import io.weir.rule.model.Condition;

/** Checks of the frame that is being worked on; they do not hold where there is none. */
final class PacketChecks {
    private PacketChecks() {
    }

    /** A number of the frame. */
    static final class Numbered extends Check {
        private final Condition.PacketFact fact;

        Numbered(final Condition.PacketFact fact) {
            super(fact);
            this.fact = fact;
        }

        @Override
        public boolean holds(final Subject subject) {
            return subject.frame != null && PacketFacts.holds(subject.frame, fact.number(), fact.numbers());
        }
    }

    /** TCP flags. */
    static final class Flags extends Check {
        private final Condition.TcpFlags wanted;

        Flags(final Condition.TcpFlags wanted) {
            super(wanted);
            this.wanted = wanted;
        }

        @Override
        public boolean holds(final Subject subject) {
            final Frame frame = subject.frame;
            if (frame == null || !PacketFacts.isTcp(frame)) {
                return false;
            }
            final int seen = frame.tcpFlags & 0xff & ~wanted.ignored();
            final int flags = wanted.flags();
            return switch (wanted.mode()) {
                case EXACTLY -> seen == flags;
                case ALL_OF -> (seen & flags) == flags;
                case ANY_OF -> (seen & flags) != 0;
                case NONE_OF -> (seen & flags) == 0;
            };
        }
    }

    /** Fragment bits and place, the place in units of eight bytes as the header has it. */
    static final class Fragment extends Check {
        private static final int MORE = 1 << 13;
        private static final int DONT = 1 << 14;
        private static final int RESERVED = 1 << 15;

        private final Condition.Fragment wanted;

        Fragment(final Condition.Fragment wanted) {
            super(wanted);
            this.wanted = wanted;
        }

        @Override
        public boolean holds(final Subject subject) {
            final Frame frame = subject.frame;
            if (frame == null || frame.ipVersion == 0) {
                return false;
            }
            final long word = frame.ipVersion == 4 ? PacketFacts.u16(frame, frame.ipOffset + 6)
                : frame.fragmentOffset >> 3 | (frame.moreFragments ? MORE : 0);
            final boolean found = word >= 0 && is(wanted.more(), word & MORE) && is(wanted.dont(), word & DONT)
                && is(wanted.reserved(), word & RESERVED)
                && (wanted.offset() == null || wanted.offset().contains(word & MORE - 1));
            return found != wanted.negated();
        }

        private static boolean is(final Boolean asked, final long bit) {
            return asked == null || asked == (bit != 0);
        }
    }

    /** An option of the IPv4 header. */
    static final class IpOption extends Check {
        private final int option;

        IpOption(final Condition.IpOption wanted) {
            super(wanted);
            option = wanted.option();
        }

        @Override
        public boolean holds(final Subject subject) {
            return subject.frame != null && PacketFacts.hasIpOption(subject.frame, option);
        }
    }

    /** Source and destination are the same. */
    static final class SameAddress extends Check {
        SameAddress(final Condition condition) {
            super(condition);
        }

        @Override
        public boolean holds(final Subject subject) {
            return subject.ipVersion != 0 && subject.sourceHi == subject.destinationHi
                && subject.sourceLo == subject.destinationLo;
        }
    }

    /** Something odd that decoding or reassembly saw in this frame. */
    static final class Odd extends Check {
        private final int anomalies;
        private final long errors;

        /**
         * Makes one.
         *
         * @param anomalies a bit for each ordinal of {@code Anomaly}
         * @param errors    a bit for each ordinal of {@code DecodeError}
         */
        Odd(final Condition condition, final int anomalies, final long errors) {
            super(condition);
            this.anomalies = anomalies;
            this.errors = errors;
        }

        @Override
        public boolean holds(final Subject subject) {
            return (subject.anomalies & anomalies) != 0
                || subject.frame != null && !subject.frame.isCut() && (errors >>> subject.frame.error & 1) != 0;
        }
    }
}
