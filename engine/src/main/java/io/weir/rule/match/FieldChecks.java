package io.weir.rule.match;

import io.weir.protocol.Field;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Places;

/** Checks that compare a field with something that is not the rule's. */
final class FieldChecks {
    private static final long SECOND_NS = 1_000_000_000L;

    private FieldChecks() {
    }

    /** A time against that of the traffic. */
    static final class Time extends Check {
        private final Condition.FieldTime wanted;

        Time(final Condition.FieldTime wanted) {
            super(wanted);
            this.wanted = wanted;
        }

        @Override
        public boolean holds(final Subject subject) {
            final TransactionFields told = subject.fields;
            final long now = subject.timeNs / SECOND_NS;
            for (int i = 0; i < told.count(); i++) {
                if (told.field(i).id() == wanted.field().id() && isOf(wanted.side(), told.sides(i))
                    && told.wrap(i, subject.buffer).isNumber() && wanted.seconds().contains(told.number(i) - now)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isOf(final Buffer.Side side, final int sides) {
            return side == Buffer.Side.EITHER || (sides & (side == Buffer.Side.TO_SERVER
                ? TransactionFields.BY_CLIENT : TransactionFields.BY_SERVER)) != 0;
        }
    }

    /** The values of fields that are numbers, by their places. */
    static final class Placed extends Check {
        private final Condition.FieldPlaces wanted;
        private final Field[] fields;

        Placed(final Condition.FieldPlaces wanted) {
            super(wanted);
            fields = wanted.buffer().fields().toArray(new Field[0]);
            this.wanted = wanted;
        }

        @Override
        public boolean holds(final Subject subject) {
            final TransactionFields told = subject.fields;
            final Places places = wanted.places();
            final int values = places.kind() == Places.Kind.AT && places.index() < 0 ? count(told) : 0;
            final int place = places.index() < 0 ? values + places.index() : places.index();
            int seen = 0;
            int accepted = 0;
            for (int i = 0; i < told.count(); i++) {
                if (isValue(told, i)) {
                    final boolean one = ValueCode.Amount.accepts(wanted.numbers(), told.wrap(i, subject.buffer));
                    if (places.kind() == Places.Kind.AT && seen == place) {
                        return one;
                    }
                    seen++;
                    accepted += one ? 1 : 0;
                }
            }
            return switch (places.kind()) {
                case AT -> places.orAbsent();
                case ANY -> accepted > 0 || seen == 0 && places.orAbsent();
                case ALL -> seen == 0 ? places.orAbsent() : accepted == seen;
                case TIMES -> places.times().contains(accepted);
            };
        }

        private int count(final TransactionFields told) {
            int values = 0;
            for (int i = 0; i < told.count(); i++) {
                values += isValue(told, i) ? 1 : 0;
            }
            return values;
        }

        private boolean isValue(final TransactionFields told, final int index) {
            for (final Field field : fields) {
                if (told.field(index).id() == field.id()) {
                    return Time.isOf(wanted.buffer().side(), told.sides(index));
                }
            }
            return false;
        }
    }

    /** A bit that rules have set in the transaction, or not. */
    static final class Bit extends Check {
        private final long bit;
        private final boolean negated;

        Bit(final Condition.TransactionBit wanted, final int number) {
            super(wanted);
            bit = 1L << number;
            negated = wanted.negated();
        }

        @Override
        public boolean holds(final Subject subject) {
            return subject.transaction != null && (subject.transaction.bits() & bit) == 0 == negated;
        }
    }

    /** PORT h1,h2,h3,h4,p1,p2 with another address than the client's, RFC 959. */
    static final class OtherAddress extends Check {
        private static final byte[] PORT = {'P', 'O', 'R', 'T'};

        private final Condition.OtherAddress wanted;

        OtherAddress(final Condition.OtherAddress wanted) {
            super(wanted);
            this.wanted = wanted;
        }

        @Override
        public boolean holds(final Subject subject) {
            final int command = Same.find(subject.fields, wanted.command());
            final int address = Same.find(subject.fields, wanted.address());
            if (command < 0 || address < 0 || subject.ipVersion != 4
                || !isPort(subject.fields.wrap(command, subject.buffer))) {
                return false;
            }
            final long named = address(subject.fields.wrap(address, subject.buffer));
            return named >= 0 && named != (subject.toServer ? subject.sourceLo : subject.destinationLo);
        }

        private static boolean isPort(final Input text) {
            for (int i = 0; i < PORT.length; i++) {
                if (i >= text.length() || text.at(i) != PORT[i]) {
                    return false;
                }
            }
            return text.length() == PORT.length;
        }

        /** The four numbers between commas, or -1; servers pass over blanks in front of them. */
        private static long address(final Input text) {
            long address = 0;
            int number = -1;
            int numbers = 0;
            int from = 0;
            while (from < text.length() && text.at(from) == ' ') {
                from++;
            }
            for (int i = from; i < text.length() && numbers < 4; i++) {
                final int digit = text.at(i) - '0';
                if (digit >= 0 && digit <= 9) {
                    number = Math.max(0, number) * 10 + digit;
                    if (number > 255) {
                        return -1;
                    }
                } else if (text.at(i) == ',' && number >= 0) {
                    address = address << 8 | number;
                    number = -1;
                    numbers++;
                } else {
                    return -1;
                }
            }
            return numbers == 4 ? address : -1;
        }
    }

    /** Two fields of the same bytes. */
    static final class Same extends Check {
        private final Condition.SameField wanted;

        Same(final Condition.SameField wanted) {
            super(wanted);
            this.wanted = wanted;
        }

        @Override
        public boolean holds(final Subject subject) {
            final int one = find(subject.fields, wanted.field());
            final int two = find(subject.fields, wanted.other());
            if (one < 0 || two < 0) {
                return false;
            }
            final Input a = subject.fields.wrap(one, subject.buffer);
            final Input b = subject.fields.wrap(two, subject.otherBuffer);
            if (a.length() != b.length()) {
                return false;
            }
            for (int i = 0; i < a.length(); i++) {
                if (a.at(i) != b.at(i)) {
                    return false;
                }
            }
            return true;
        }

        private static int find(final TransactionFields told, final Field field) {
            for (int i = 0; i < told.count(); i++) {
                if (told.field(i).id() == field.id()) {
                    return i;
                }
            }
            return -1;
        }
    }
}
