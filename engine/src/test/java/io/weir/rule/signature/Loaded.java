package io.weir.rule.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition.BufferCondition;
import io.weir.rule.model.Condition;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleFault;
import io.weir.rule.model.Step;
import java.util.List;

/** Loads single rules for tests, and takes them apart. */
final class Loaded {
    private static final String HEADER = "alert tcp any any -> any any (";

    private Loaded() {
    }

    static LoadedRules lines(final String... lines) {
        return new SignatureLoader(new SignatureContext()).load("test.rules", List.of(lines));
    }

    /** The rule with these options; there must be no fault. */
    static Rule rule(final String options) {
        return whole(HEADER + options + " sid:1;)");
    }

    static Rule whole(final String line) {
        final LoadedRules loaded = lines(line);
        assertEquals(List.of(), loaded.faults());
        return loaded.rules().get(0);
    }

    /** The only condition of a rule with these options. */
    static Condition condition(final String options) {
        final List<Condition> all = conditions(options);
        assertEquals(1, all.size(), () -> "conditions of " + options + ": " + all);
        return all.get(0);
    }

    static List<Condition> conditions(final String options) {
        return ((Condition.All) rule(options).condition()).conditions();
    }

    /** Steps of the only buffer of a rule with these options. */
    static List<Step> steps(final String options) {
        return ((BufferCondition) condition(options)).steps();
    }

    static Buffer buffer(final String options) {
        return ((BufferCondition) condition(options)).buffer();
    }

    /** The only fault of a rule with these options. */
    static RuleFault fault(final String options) {
        final LoadedRules loaded = lines(HEADER + options + " sid:1;)");
        assertEquals(1, loaded.faults().size(), () -> "faults of " + options + ": " + loaded.faults());
        return loaded.faults().get(0);
    }
}
