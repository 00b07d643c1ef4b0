package io.weir.rule.signature;

import io.weir.rule.model.Step;
import io.weir.rule.model.Step.Operator;
import io.weir.rule.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Numbers read from the traffic. */
final class ByteKeywords {
    private static final long MOST = 65_535;
    private static final long ANY = Long.MAX_VALUE;
    private static final Map<String, Operator> OPERATORS = Map.of("<", Operator.LESS, ">", Operator.GREATER,
        "=", Operator.EQUAL, "<=", Operator.LESS_OR_EQUAL, ">=", Operator.GREATER_OR_EQUAL, "&", Operator.AND,
        "^", Operator.XOR, "==", Operator.EQUAL);

    private ByteKeywords() {
    }

    static void addTo(final KeywordTable table) {
        table.add("byte_test", "Compares a number of the traffic with another.", ByteKeywords::test);
        table.add("byte_jump", "Moves the place by a number of the traffic.", ByteKeywords::jump);
        table.add("byte_extract", "Keeps a number of the traffic for options behind it.", ByteKeywords::extract);
        table.add("byte_math", "Keeps the result of a calculation for options behind it.", ByteKeywords::math);
        table.add("base64_decode", "Decodes bytes for base64_data.", ByteKeywords::base64);
        table.add("base64_data", "Looks in what base64_decode has decoded.", (draft, option) -> {
            option.needNone();
            for (int i = draft.buffers.size() - 1; i >= 0; i--) {
                if (draft.buffers.get(i).isDecoded()) {
                    draft.current = draft.buffers.get(i);
                    draft.lastBuffer = null;
                    return;
                }
            }
            throw RejectedException.error("base64_data needs a base64_decode before it");
        });
    }

    private static void test(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts();
        needParts(parts, 4, "byte_test:BYTES, OPERATOR, VALUE, OFFSET");
        final String written = parts.get(1);
        final boolean negated = written.startsWith("!");
        final String sign = negated ? written.substring(1).strip() : written;
        final Operator operator = OPERATORS.get(negated && sign.isEmpty() ? "=" : sign);
        if (operator == null) {
            throw RejectedException.error("byte_test compares with < > = <= >= & ^, not " + Option.shown(written));
        }
        final ByteFlags flags = ByteFlags.read(draft, parts.subList(4, parts.size()), "relative", "big", "little",
            "string", "hex", "dec", "oct", "dce", "bitmask");
        final Value value = draft.value(parts.get(2), -ANY, ANY);
        draft.place(flags.relative).steps.add(new Step.ByteTest(
            reading(draft, parts.get(0), parts.get(3), flags), negated, operator, value));
    }

    private static void jump(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts();
        needParts(parts, 2, "byte_jump:BYTES, OFFSET");
        final ByteFlags flags = ByteFlags.read(draft, parts.subList(2, parts.size()), "relative", "big", "little",
            "string", "hex", "dec", "oct", "dce", "bitmask", "multiplier", "align", "from_beginning", "from_end",
            "post_offset");
        draft.place(flags.relative).steps.add(new Step.ByteJump(reading(draft, parts.get(0), parts.get(1), flags),
            flags.multiplier, flags.align > 0, flags.from, flags.postOffset));
    }

    private static void extract(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts();
        needParts(parts, 3, "byte_extract:BYTES, OFFSET, NAME");
        final ByteFlags flags = ByteFlags.read(draft, parts.subList(3, parts.size()), "relative", "big", "little",
            "string", "hex", "dec", "oct", "dce", "bitmask", "multiplier", "align");
        final Step.Reading reading = reading(draft, parts.get(0), parts.get(1), flags);
        draft.place(flags.relative).steps.add(new Step.ByteExtract(reading, flags.multiplier, flags.align,
            variable(draft, parts.get(2))));
    }

    private static void math(final Draft draft, final Option option) throws RejectedException {
        String bytes = null;
        String offset = null;
        String oper = null;
        String operand = null;
        String result = null;
        final List<String> rest = new ArrayList<>();
        for (final String part : option.parts()) {
            final String[] words = part.split("\\s+", 2);
            final String value = words.length < 2 ? "" : words[1].strip();
            switch (words[0].toLowerCase(Locale.ROOT)) {
                case "bytes" -> bytes = value;
                case "offset" -> offset = value;
                case "oper" -> oper = value;
                case "rvalue" -> operand = value;
                case "result" -> result = value;
                default -> rest.add(part);
            }
        }
        if (bytes == null || offset == null || oper == null || operand == null || result == null) {
            throw RejectedException.error("byte_math needs bytes, offset, oper, rvalue and result");
        }
        final ByteFlags flags = ByteFlags.read(draft, rest, "relative", "endian", "string", "hex", "dec", "oct",
            "dce", "bitmask", "big", "little");
        final int operator = List.of("+", "-", "*", "/", "<<", ">>").indexOf(oper);
        if (operator < 0) {
            throw RejectedException.error("byte_math calculates with + - * / << >>, not " + Option.shown(oper));
        }
        final Value right = draft.value(operand, 0, 0xffff_ffffL);
        if ("/".equals(oper) && right.isConstant() && right.constant() == 0) {
            throw RejectedException.error("byte_math divides by 0");
        }
        final Step.Reading reading = reading(draft, bytes, offset, flags);
        draft.place(flags.relative).steps.add(new Step.ByteMath(reading, "+-*/<>".charAt(operator), right,
            variable(draft, result)));
    }

    private static void base64(final Draft draft, final Option option) throws RejectedException {
        Value bytes = null;
        Value offset = Value.of(0);
        boolean relative = false;
        for (final String part : option.value() == null || option.value().isEmpty() ? List.<String>of()
            : option.parts()) {
            final String[] words = part.split("\\s+", 2);
            final String value = words.length < 2 ? "" : words[1];
            switch (words[0]) {
                case "bytes" -> bytes = draft.value(value, 1, MOST);
                case "offset" -> offset = draft.value(value, 0, MOST);
                case "relative" -> relative = true;
                default -> throw RejectedException.unknown("base64_decode takes bytes, offset and relative, not "
                    + Option.shown(part), words[0], List.of("bytes", "offset", "relative"));
            }
        }
        draft.current.decode(new Step.DecodeBase64(bytes, offset, relative));
        if (!draft.isSticky()) {
            draft.usePayload();
        }
    }

    private static void needParts(final List<String> parts, final int least, final String form)
        throws RejectedException {
        if (parts.size() < least) {
            throw RejectedException.error("something is missing; write " + form);
        }
    }

    private static Step.Reading reading(final Draft draft, final String bytes, final String offset,
        final ByteFlags flags) throws RejectedException {
        final Value length = draft.value(bytes, 0, flags.isText() ? 23 : 8);
        return new Step.Reading(length, draft.value(offset, -MOST, MOST), flags.relative,
            flags.isText() ? flags.base() : 0, flags.little, flags.dce, flags.mask);
    }

    private static String variable(final Draft draft, final String name) throws RejectedException {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.]{0,63}")) {
            throw RejectedException.error('"' + Option.shown(name) + "\" is no name of a number");
        }
        draft.variables.add(name);
        return name;
    }
}
