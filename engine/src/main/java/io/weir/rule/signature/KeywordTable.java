package io.weir.rule.signature;

import io.weir.rule.signature.Keyword.Support;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Keywords in the making: each kind adds its rows. */
final class KeywordTable {
    final Map<String, Keyword> byName = new LinkedHashMap<>();
    private final FieldNames fields;

    KeywordTable(final FieldNames fields) {
        this.fields = fields;
    }

    FieldNames fields() {
        return fields;
    }

    /** A keyword that is supported. Names are separated by spaces, the usual one first. */
    void add(final String names, final String sentence, final Keyword.Handler handler) {
        put(names, Support.SUPPORTED, sentence, handler);
    }

    /** A keyword that is supported but for what its sentence says. */
    void partly(final String names, final String sentence, final Keyword.Handler handler) {
        put(names, Support.PARTLY, sentence, handler);
    }

    /** A keyword that leaves its rule out. */
    void not(final String names, final String sentence) {
        not(names, sentence, draft -> { });
    }

    /** The same, with something to do before. */
    void not(final String names, final String sentence, final Consumer<Draft> before) {
        put(names, Support.NOT, sentence, (draft, option) -> {
            before.accept(draft);
            throw RejectedException.unsupported(option.name() + " is not supported: " + sentence);
        });
    }

    private void put(final String names, final Support support, final String sentence,
        final Keyword.Handler handler) {
        final List<String> all = List.of(names.split(" "));
        final Keyword keyword = new Keyword(all.get(0), all.subList(1, all.size()), support, sentence, handler);
        for (final String name : all) {
            if (byName.put(name, keyword) != null) {
                throw new IllegalStateException("two keywords are called " + name);
            }
        }
    }
}
