package io.weir.rule.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.model.AcrossFlows.Key.Part;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Action;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleFault;
import io.weir.rule.model.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of a threshold file change rules that are loaded. */
final class ThresholdFileTest {
    private static LoadedRules applied(final String... lines) {
        final LoadedRules loaded = Loaded.lines(
            "alert tcp any any -> any any (threshold:type limit,track by_src,count 1,seconds 1; sid:1;)",
            "alert tcp any any -> any any (sid:2;)");
        return new ThresholdFile(new SignatureContext()).apply(loaded, "threshold.config", List.of(lines));
    }

    @Test
    void shouldSilenceARule() {
        final LoadedRules loaded = applied("# comment", "suppress gen_id 1, sig_id 2");
        assertEquals(List.of(Action.ALERT, Action.SILENT), loaded.rules().stream().map(Rule::action).toList());
    }

    @Test
    void shouldSuppressAlertsOfSomeAddresses() {
        final Rule rule = applied("suppress gen_id 1, sig_id 1, track by_src, ip [10.0.0.0/8, $HOME_NET]").rules()
            .get(0);
        final AcrossFlows.Suppression suppression = (AcrossFlows.Suppression) rule.acrossFlows().get(0);
        assertEquals(Part.SOURCE, suppression.key());
        assertTrue(suppression.addresses().contains(4, 0, 0xc0a80001L));
        assertEquals(2, rule.acrossFlows().size());
        assertEquals(Action.ALERT, rule.action());
    }

    @Test
    void shouldReplaceTheLimitOfARule() {
        final LoadedRules loaded =
            applied("threshold gen_id 0, sig_id 0, type both, track by_dst, count 5, seconds 60");
        final AcrossFlows limit = new AcrossFlows.Threshold(AcrossFlows.Threshold.Type.BOTH, Part.DESTINATION, 5, 60);
        loaded.rules().forEach(rule -> assertEquals(List.of(limit), rule.acrossFlows()));
    }

    @Test
    void shouldTellAllFaults() {
        final LoadedRules loaded = applied("supress gen_id 1, sig_id 1", "suppress gen_id 1, sig_id 9",
            "suppress gen_id 1", "rate_filter gen_id 1, sig_id 1", "suppress gen_id 1, sig_id 1, track by_src");
        assertEquals(List.of(1, 2, 3, 4, 5), loaded.faults().stream().map(RuleFault::line).toList());
        assertEquals("suppress", loaded.faults().get(0).nearest());
        assertEquals(Severity.UNSUPPORTED, loaded.faults().get(3).severity());
    }
}
