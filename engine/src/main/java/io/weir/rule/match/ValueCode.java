package io.weir.rule.match;

import io.weir.rule.model.AddressSet;
import io.weir.rule.model.Dataset;
import io.weir.rule.model.NumberSet;

/** Steps about the value that all bytes together are. */
final class ValueCode {
    private static final int MAX_DIGITS = 18;

    private ValueCode() {
    }

    /** Holds if the bytes are a number that is accepted. */
    static final class Amount extends StepCode {
        private final NumberSet numbers;

        Amount(final NumberSet numbers) {
            this.numbers = numbers;
        }

        @Override
        boolean run(final Matching matching, final Input in, final int place) {
            return accepts(numbers, in) && next.run(matching, in, place);
        }

        /** True if a value is a number, or decimal digits, and accepted. */
        static boolean accepts(final NumberSet numbers, final Input in) {
            if (in.isNumber()) {
                return numbers.contains(in.number());
            }
            if (in.length() < 1 || in.length() > MAX_DIGITS) {
                return false;
            }
            long value = 0;
            for (int i = 0; i < in.length(); i++) {
                final int digit = in.at(i) - '0';
                if (digit < 0 || digit > 9) {
                    return false;
                }
                value = value * 10 + digit;
            }
            return numbers.contains(value);
        }
    }

    /** Holds if the bytes are in a set, or not; may change the set. */
    static final class InSet extends StepCode {
        private final ValueSet values;
        private final Dataset.Command command;

        InSet(final ValueSet values, final Dataset.Command command) {
            this.values = values;
            this.command = command;
        }

        @Override
        boolean run(final Matching matching, final Input in, final int place) {
            return matching.pay(in.length()) && values.ask(in, command) && next.run(matching, in, place);
        }
    }

    /** Holds if the bytes, or what is behind one of their dots, are in a list. */
    static final class OneOf extends StepCode {
        private final ValueSet values;
        private final boolean suffixes;

        OneOf(final ValueSet values, final boolean suffixes) {
            this.values = values;
            this.suffixes = suffixes;
        }

        @Override
        boolean run(final Matching matching, final Input in, final int place) {
            return isListed(matching, in) && next.run(matching, in, place);
        }

        private boolean isListed(final Matching matching, final Input in) {
            if (!matching.pay(in.length())) {
                return false;
            }
            if (values.contains(in, 0)) {
                return true;
            }
            for (int i = 0; suffixes && i < in.length(); i++) {
                if (in.at(i) == '.' && matching.pay(in.length() - i) && values.contains(in, i + 1)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Holds if the bytes are an address in a set, as 4 or 16 bytes or as text. */
    static final class InNetwork extends StepCode {
        private final AddressSet addresses;

        InNetwork(final AddressSet addresses) {
            this.addresses = addresses;
        }

        @Override
        boolean run(final Matching matching, final Input in, final int place) {
            final AddressReader address = matching.address();
            return address.read(in) && addresses.contains(address.version(), address.hi(), address.lo())
                && next.run(matching, in, place);
        }
    }
}
