package io.weir.rule.signature;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** All keywords that rules may have. Immutable. */
public final class Keywords {
    private final Map<String, Keyword> byName;
    private final List<Keyword> rows;

    Keywords(final FieldNames fields) {
        final KeywordTable table = new KeywordTable(fields);
        DescriptionKeywords.addTo(table);
        ContentKeywords.addTo(table);
        ByteKeywords.addTo(table);
        RpcKeyword.addTo(table);
        PacketKeywords.addTo(table);
        FlowKeywords.addTo(table);
        StateKeywords.addTo(table);
        ReputationKeyword.addTo(table);
        EventKeywords.addTo(table);
        BufferKeywords.addTo(table);
        NumberKeywords.addTo(table);
        CertificateKeywords.addTo(table);
        TransformKeywords.addTo(table);
        ProtocolKeywords.addTo(table);
        RefusedKeywords.addTo(table);
        byName = Map.copyOf(table.byName);
        rows = List.copyOf(new LinkedHashSet<>(table.byName.values()));
    }

    /** All keywords of this build, in groups, each once: for listings. */
    public static List<Keyword> all() {
        return new ArrayList<>(new Keywords(FieldNames.ofCatalogue()).rows);
    }

    /** All keywords of this build as rows of a Markdown table. */
    public static List<String> table() {
        final List<String> rows = new ArrayList<>(List.of("| keyword | support | what it asks |", "|---|---|---|"));
        for (final Keyword keyword : all()) {
            final List<String> names = new ArrayList<>(List.of("`" + keyword.name() + "`"));
            keyword.aliases().forEach(alias -> names.add("`" + alias + "`"));
            rows.add("| " + String.join(", ", names) + " | " + keyword.support().word() + " | "
                + keyword.sentence().replace("|", "\\|") + " |");
        }
        return rows;
    }

    /** The keyword of this name; an error if there is none. */
    Keyword find(final String name) throws RejectedException {
        final Keyword exact = byName.get(name);
        final Keyword keyword = exact == null ? byName.get(name.toLowerCase(Locale.ROOT)) : exact;
        if (keyword == null) {
            throw RejectedException.unknown("there is no keyword " + Option.shown(name), name, names());
        }
        return keyword;
    }

    Set<String> names() {
        return byName.keySet();
    }
}
