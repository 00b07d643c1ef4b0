package io.weir.rule.match;

import io.weir.rule.model.Step.Entropy;
import java.util.Arrays;

/** Holds if the entropy of bytes is accepted: Shannon's, in bits a byte, from 0 to 8. */
final class EntropyCode extends StepCode {
    private static final double LOG_2 = Math.log(2);

    private final Entropy asked;

    EntropyCode(final Entropy asked) {
        this.asked = asked;
    }

    @Override
    boolean run(final Matching matching, final Input in, final int place) {
        final int there = in.length() - asked.offset();
        final int count = asked.bytes() == 0 ? there : asked.bytes();
        if (count <= 0 || count > there || !matching.pay(count)) {
            return false;
        }
        final double entropy = entropy(in, asked.offset(), count, matching.histogram());
        return (entropy >= asked.least() && entropy <= asked.most()) != asked.negated()
            && next.run(matching, in, place);
    }

    private static double entropy(final Input in, final int from, final int count, final int[] histogram) {
        Arrays.fill(histogram, 0);
        for (int i = from; i < from + count; i++) {
            histogram[in.at(i) & 0xff]++;
        }
        double sum = 0;
        for (final int times : histogram) {
            if (times > 0) {
                final double share = (double) times / count;
                sum -= share * (Math.log(share) / LOG_2);
            }
        }
        // of bytes that are all the same it is 0, not -0
        return Math.max(0, sum);
    }
}
