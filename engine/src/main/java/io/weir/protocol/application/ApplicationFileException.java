package io.weir.protocol.application;

import java.util.List;

/** A file of applications that cannot be used; each fault is one line that starts with {@code file:line:column}. */
public final class ApplicationFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    ApplicationFileException(final List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order of the file. */
    public List<String> faults() {
        return faults;
    }
}
