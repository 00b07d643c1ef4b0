package io.weir.rule.signature;

import io.weir.rule.model.Metadata;
import io.weir.rule.model.RuleId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a rule in the making says of itself. */
final class Description {
    String message = "";
    ClassType classType;
    int priority;
    Metadata.Target target = Metadata.Target.UNSAID;
    int generator = 1;
    long signature;
    int revision;
    final List<String> references = new ArrayList<>();
    final Map<String, List<String>> entries = new LinkedHashMap<>();

    void entry(final String key, final String value) {
        entries.computeIfAbsent(key, any -> new ArrayList<>()).add(value);
    }

    RuleId id() {
        return new RuleId(generator, signature, revision);
    }

    Metadata metadata() {
        final int severity = priority > 0 ? priority
            : classType != null ? classType.priority() : Metadata.DEFAULT_SEVERITY;
        final Map<String, List<String>> copied = new LinkedHashMap<>();
        entries.forEach((key, values) -> copied.put(key, List.copyOf(values)));
        return new Metadata(message, classType == null ? "" : classType.name(),
            classType == null ? "" : classType.description(), severity, references, copied, target);
    }
}
