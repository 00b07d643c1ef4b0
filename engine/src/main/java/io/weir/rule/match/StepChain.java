package io.weir.rule.match;

import io.weir.rule.model.Dataset;
import io.weir.rule.model.Step;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Compiles the steps of a buffer into a chain. */
public final class StepChain {
    private StepChain() {
    }

    /**
     * Compiles.
     *
     * @param slots       where variables of the rule are kept, by name; shared by all buffers of the rule
     * @param datasets    finds the values of a set
     * @param expressions compiles regular expressions
     * @throws IllegalArgumentException if a step cannot be compiled, with the reason
     */
    public static StepCode of(final List<Step> steps, final Map<String, Integer> slots,
        final Function<Dataset, ValueSet> datasets, final Expressions expressions) {
        StepCode next = StepCode.END;
        boolean placeMatters = false;
        for (int i = steps.size() - 1; i >= 0; i--) {
            final StepCode code = code(steps.get(i), slots, datasets, expressions);
            code.next = next;
            code.placeMatters = placeMatters;
            placeMatters = code.isRelative() || placeMatters && !code.setsPlace() && !code.changesInput();
            next = code;
        }
        return next;
    }

    private static StepCode code(final Step step, final Map<String, Integer> slots,
        final Function<Dataset, ValueSet> datasets, final Expressions expressions) {
        if (step instanceof Step.Content content) {
            return new ContentCode(content, slots);
        } else if (step instanceof Step.Match match) {
            return new RegexCode(match, expressions);
        } else if (step instanceof Step.ByteTest test) {
            return new ByteTestCode(test, slots);
        } else if (step instanceof Step.ByteJump jump) {
            return new ByteJumpCode(jump, slots);
        } else if (step instanceof Step.ByteExtract extract) {
            return new ByteVariableCode(extract, slots);
        } else if (step instanceof Step.ByteMath math) {
            return new ByteVariableCode(math, slots);
        } else if (step instanceof Step.IsDataAt dataAt) {
            return new ExtentCode.DataAt(dataAt, slots);
        } else if (step instanceof Step.Length length) {
            return new ExtentCode.Length(length.lengths());
        } else if (step instanceof Step.Entropy entropy) {
            return new EntropyCode(entropy);
        } else if (step instanceof Step.Amount amount) {
            return new ValueCode.Amount(amount.numbers());
        } else if (step instanceof Step.InDataset in) {
            final ValueSet values = datasets.apply(in.dataset());
            if (in.command() == Dataset.Command.SET || in.command() == Dataset.Command.UNSET) {
                values.mutable();
            }
            return new ValueCode.InSet(values, in.command());
        } else if (step instanceof Step.DecodeBase64 decode) {
            return new Base64Code(decode, slots);
        } else if (step instanceof Step.OneOf list) {
            final ValueSet values = new ValueSet(0);
            list.values().forEach(value -> values.add(value.bytes()));
            return new ValueCode.OneOf(values, list.suffixes());
        } else if (step instanceof Step.InNetwork network) {
            return new ValueCode.InNetwork(network.addresses());
        }
        throw new IllegalArgumentException("no such step: " + step);
    }
}
