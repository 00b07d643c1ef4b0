package io.weir.rule.model;

import java.util.List;
import java.util.Set;

/**
 * One thing that is asked of the bytes of a buffer. Steps are asked in order; a step that finds something leaves the
 * place behind it, and relative steps begin there. Where a later step fails, the content or expression before it is
 * looked for again further on.
 */
public sealed interface Step {
    /**
     * Literal bytes.
     *
     * @param bytes      what is looked for; if {@code noCase}, in lower case
     * @param noCase     ASCII letters match in either case
     * @param negated    the step holds if they are not there
     * @param offset     earliest start from the beginning of the buffer, or null
     * @param depth      they end within so many bytes from {@code offset}, or null
     * @param distance   earliest start from the place of the step before, may be negative, or null
     * @param within     they end within so many bytes from {@code distance}, or null
     * @param startsWith they are where the buffer begins
     * @param endsWith   they are where the buffer ends
     * @param fast       what the rule says of its place among the patterns that are looked for first
     */
    record Content(Literal bytes, boolean noCase, boolean negated, Value offset, Value depth, Value distance,
        Value within, boolean startsWith, boolean endsWith, FastPattern fast) implements Step {
        /** True if the place of the step before matters. */
        public boolean isRelative() {
            return distance != null || within != null;
        }
    }

    /**
     * What a rule says of a content's place among the patterns that are looked for first.
     *
     * @param wanted true if it is this one
     * @param only   true if it need not be asked again
     * @param from   first byte that is looked for
     * @param length how many, 0 for all
     */
    record FastPattern(boolean wanted, boolean only, int from, int length) {
        /** Nothing is said. */
        public static final FastPattern UNSAID = new FastPattern(false, false, 0, 0);
    }

    /**
     * A regular expression.
     *
     * @param pattern  in the syntax of PCRE; a loader has seen it compile
     * @param flags    letters as {@code Regex.compile} takes them
     * @param relative it begins where the step before has ended
     * @param captures names under which its groups are kept as flow or packet variables, from group 1; may be empty
     */
    record Match(String pattern, String flags, boolean negated, boolean relative, List<String> captures)
        implements Step {
    }

    /**
     * How a number is read from the bytes.
     *
     * @param bytes    its length
     * @param offset   its place, from the beginning or the place of the step before
     * @param relative from which of both
     * @param base     10, 8 or 16 if it is written in digits, 0 if it is binary
     * @param little   true if binary and little-endian
     * @param dce      byte order is that of the DCE/RPC message
     * @param mask     which bits count, shifted down to the lowest set one; -1 for all
     */
    record Reading(Value bytes, Value offset, boolean relative, int base, boolean little, boolean dce, long mask) {
    }

    /** Compares a number with another. */
    record ByteTest(Reading reading, boolean negated, Operator operator, Value value) implements Step {
    }

    /** How {@link ByteTest} compares. */
    enum Operator {
        LESS, GREATER, EQUAL, LESS_OR_EQUAL, GREATER_OR_EQUAL, AND, XOR
    }

    /**
     * Moves the place by a number: multiplied, aligned to four bytes and moved further, if asked for.
     *
     * @param from where to move from
     */
    record ByteJump(Reading reading, long multiplier, boolean align, JumpFrom from, Value postOffset)
        implements Step {
    }

    /** Where {@link ByteJump} moves from. */
    enum JumpFrom {
        READING, BEGINNING, END
    }

    /** Keeps a number as a variable. */
    record ByteExtract(Reading reading, long multiplier, int align, String name) implements Step {
    }

    /** Keeps the result of a calculation as a variable. */
    record ByteMath(Reading reading, char operator, Value operand, String name) implements Step {
    }

    /** Holds if there are bytes at a place. */
    record IsDataAt(Value offset, boolean relative, boolean negated) implements Step {
    }

    /** Holds if the buffer's length is accepted. */
    record Length(NumberSet lengths) implements Step {
    }

    /**
     * Holds if the entropy of the buffer's bytes is accepted, in bits a byte.
     *
     * @param offset  where they begin
     * @param bytes   how many there are, 0 for all behind the offset
     * @param negated the step holds if it is not from {@code least} to {@code most}
     */
    record Entropy(int offset, int bytes, double least, double most, boolean negated) implements Step {
    }

    /** Holds if the buffer's bytes, as text, are a number that is accepted; for fields that hold numbers too. */
    record Amount(NumberSet numbers) implements Step {
    }

    /** Holds if the buffer is, or is not, in a data set. */
    record InDataset(Dataset dataset, Dataset.Command command) implements Step {
    }

    /** The steps behind it are asked of what this one decodes from the buffer. */
    record DecodeBase64(Value bytes, Value offset, boolean relative) implements Step {
    }

    /**
     * Holds if the buffer is one of these values; for lists that are too long to look for each.
     *
     * @param suffixes true if the part behind any of its dots may be one too, as with domain names
     */
    record OneOf(Set<Literal> values, boolean suffixes) implements Step {
        /** Copies what it is given. */
        public OneOf {
            values = Set.copyOf(values);
        }
    }

    /** Holds if the buffer is a valid address in a set; for buffers that hold addresses as text or bytes. */
    record InNetwork(AddressSet addresses) implements Step {
    }
}
