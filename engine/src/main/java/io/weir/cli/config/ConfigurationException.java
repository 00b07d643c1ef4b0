package io.weir.cli.config;

import java.util.List;

/** A configuration that cannot be used; each fault is one line that starts with {@code file:line:column}. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    ConfigurationException(final List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order of the file. */
    public List<String> faults() {
        return faults;
    }
}
