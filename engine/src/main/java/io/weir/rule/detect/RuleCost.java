package io.weir.rule.detect;

import io.weir.rule.compile.RuleSet;
import io.weir.rule.model.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a rule has cost all workers.
 *
 * @param candidates how often it was asked: its pattern, or where it has none its header, chose it
 * @param matches    how often it matched, whether that became an alert or not
 * @param samples    how many times of asking were measured
 * @param sampledNs  what these took, ns
 */
public record RuleCost(Rule rule, long candidates, long matches, long samples, long sampledNs) {
    /** What one time of asking took on average, ns; 0 if none was measured. */
    public long meanNs() {
        return samples == 0 ? 0 : sampledNs / samples;
    }

    /** What all of them took, ns, estimated from those that were measured. */
    public long totalNs() {
        return samples == 0 ? 0 : (long) ((double) sampledNs / samples * candidates);
    }

    /**
     * Adds the costs of workers up, the dearest rule first. Any thread; a moment late while the workers run.
     *
     * @param workers that run the same rules; those that have not taken up a reload yet are left out
     */
    public static List<RuleCost> of(final List<Detection> workers) {
        final List<RuleCost> costs = new ArrayList<>();
        if (workers.isEmpty()) {
            return costs;
        }
        final RuleSet set = workers.get(0).rules();
        for (int rule = 0; rule < set.size(); rule++) {
            long candidates = 0;
            long matches = 0;
            long samples = 0;
            long sampledNs = 0;
            for (final Detection worker : workers) {
                if (worker.rules() == set) {
                    final RuleCosts of = worker.costs();
                    candidates += of.candidates(rule);
                    matches += of.matches(rule);
                    samples += of.samples(rule);
                    sampledNs += of.sampledNs(rule);
                }
            }
            if (candidates > 0) {
                costs.add(new RuleCost(set.rule(rule), candidates, matches, samples, sampledNs));
            }
        }
        costs.sort(Comparator.comparingLong(RuleCost::totalNs).thenComparingLong(RuleCost::candidates).reversed());
        return costs;
    }
}
