package io.weir.rule.model;

import java.util.Locale;

/** How bad a fault is. */
public enum Severity {
    /** The line is no rule; it is left out. */
    ERROR,
    /** The rule asks for something that weir does not answer; it is left out. */
    UNSUPPORTED,
    /** The rule is loaded, and says something that is passed over. */
    NOTE;

    /** As it is printed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
