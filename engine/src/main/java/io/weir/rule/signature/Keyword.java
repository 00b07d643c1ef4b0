package io.weir.rule.signature;

import java.util.List;

/** A keyword of rules: what it is called, whether it is supported, and what it does. Immutable. */
public final class Keyword {
    private final String name;
    private final List<String> aliases;
    private final Support support;
    private final String sentence;
    private final Handler handler;

    Keyword(final String name, final List<String> aliases, final Support support, final String sentence,
        final Handler handler) {
        this.name = name;
        this.aliases = List.copyOf(aliases);
        this.support = support;
        this.sentence = sentence;
        this.handler = handler;
    }

    /** Whether weir answers what a keyword asks. */
    public enum Support {
        /** As Suricata documents it. */
        SUPPORTED("supported"),
        /** But for what its sentence says. */
        PARTLY("partly"),
        /** Rules with it are left out. */
        NOT("not");

        private final String word;

        Support(final String word) {
            this.word = word;
        }

        /** As it is printed. */
        public String word() {
            return word;
        }
    }

    /** Adds to a rule what an option says. */
    interface Handler {
        void apply(Draft draft, Option option) throws RejectedException;
    }

    /** As rules write it. */
    public String name() {
        return name;
    }

    /** Other names of it. */
    public List<String> aliases() {
        return aliases;
    }

    /** Whether it is supported in this build. */
    public Support support() {
        return support;
    }

    /** What it asks, or what is left out of that, in one sentence. */
    public String sentence() {
        return sentence;
    }

    Handler handler() {
        return handler;
    }
}
