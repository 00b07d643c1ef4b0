package io.weir.rule.model;

import java.util.List;
import java.util.Map;

/**
 * What a rule says of itself for people and for records.
 *
 * @param message    what is printed
 * @param classType  short name of its class, or an empty string
 * @param category   what the class is called, or an empty string
 * @param severity   1 for the worst; Suricata's priority
 * @param references where to read more, as URLs
 * @param entries    further words by key, in order
 * @param target     which end of an alert is attacked
 */
public record Metadata(String message, String classType, String category, int severity, List<String> references,
    Map<String, List<String>> entries, Target target) {
    /** What is taken where a rule says nothing. */
    public static final int DEFAULT_SEVERITY = 3;

    /** Which end of an alert is attacked. */
    public enum Target {
        UNSAID, SOURCE, DESTINATION
    }

    /** Of a rule that does not say who is attacked. */
    public Metadata(final String message, final String classType, final String category, final int severity,
        final List<String> references, final Map<String, List<String>> entries) {
        this(message, classType, category, severity, references, entries, Target.UNSAID);
    }

    /** Copies what it is given. */
    public Metadata {
        references = List.copyOf(references);
        entries = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(entries));
    }
}
