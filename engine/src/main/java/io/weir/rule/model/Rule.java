package io.weir.rule.model;

import java.util.List;

/**
 * One rule.
 *
 * @param id          unique within a rule set
 * @param action      what it is for
 * @param header      which traffic it is about
 * @param condition   what must hold, beside the header
 * @param effects     what it does to the flow when it matches
 * @param acrossFlows what is decided last, in the order of frames; in the order written
 * @param scope       how often it may match
 * @param metadata    what it says of itself
 * @param origin      where it is written
 */
public record Rule(RuleId id, Action action, Header header, Condition condition, List<Effect> effects,
    List<AcrossFlows> acrossFlows, Scope scope, Metadata metadata, Origin origin) {
    /** How often a rule may match. */
    public enum Scope {
        /** With each packet or transaction that matches, as signatures do. */
        EACH,
        /** Once for each flow. */
        FLOW
    }

    /** Copies what it is given. */
    public Rule {
        effects = List.copyOf(effects);
        acrossFlows = List.copyOf(acrossFlows);
    }

    /** True if it writes the packets of flows it matches to files. */
    public boolean captures() {
        for (int i = 0; i < effects.size(); i++) {
            if (effects.get(i) instanceof Effect.Capture) {
                return true;
            }
        }
        return false;
    }
}
