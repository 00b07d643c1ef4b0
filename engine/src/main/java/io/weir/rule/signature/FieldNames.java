package io.weir.rule.signature;

import io.weir.protocol.Field;
import io.weir.protocol.catalogue.Protocols;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fields by name. A name may stand for several fields, one in each protocol. Names are written as {@code a+b} for all
 * of both, and {@code a|b} for {@code b} where there is no {@code a}. Immutable.
 */
final class FieldNames {
    private final Map<String, List<Field>> byName = new HashMap<>();

    FieldNames(final Collection<Field> fields) {
        for (final Field field : fields) {
            byName.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field);
        }
    }

    /** All fields of the catalogue. */
    static FieldNames ofCatalogue() {
        return new FieldNames(Protocols.fields());
    }

    /** What an expression names; empty if it is null, or nothing of it exists. */
    List<Field> find(final String expression) {
        if (expression == null) {
            return List.of();
        }
        for (final String alternative : expression.split("\\|")) {
            final Set<Field> found = new LinkedHashSet<>();
            for (final String name : alternative.split("\\+")) {
                found.addAll(byName.getOrDefault(name, List.of()));
            }
            if (!found.isEmpty()) {
                return List.copyOf(found);
            }
        }
        return List.of();
    }
}
