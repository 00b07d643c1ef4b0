package io.weir.rule.signature;

import io.weir.rule.model.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a rule says of itself: {@code msg}, {@code sid}, {@code metadata} and their like. */
final class DescriptionKeywords {
    private static final long MOST_SID = 0xffff_ffffL;
    private static final int LEAST_PRIORITY = 255;

    private DescriptionKeywords() {
    }

    static void addTo(final KeywordTable table) {
        table.add("msg", "What alerts say.", (draft, option) -> draft.description.message = message(option));
        table.add("sid", "Number of the rule, unique with its generator.",
            (draft, option) -> draft.description.signature = Numbers.number(option.need(), 1, MOST_SID));
        table.add("rev", "Revision: of two rules with one number the later one is taken.",
            (draft, option) -> draft.description.revision =
                (int) Numbers.number(option.need(), 0, Integer.MAX_VALUE));
        table.add("gid", "Number of the generator, 1 if not given.",
            (draft, option) -> draft.description.generator =
                (int) Numbers.number(option.need(), 0, Integer.MAX_VALUE));
        table.add("classtype", "Class of the rule, which gives a category and a priority.",
            DescriptionKeywords::classType);
        table.add("priority", "1 for the worst.", (draft, option) -> draft.description.priority =
            (int) Numbers.number(option.need(), 1, LEAST_PRIORITY));
        table.add("reference", "Where to read more.", DescriptionKeywords::reference);
        table.add("metadata", "Further words, by key.", DescriptionKeywords::metadata);
        table.add("target", "Which end of the alert is the target, src_ip or dest_ip.",
            DescriptionKeywords::target);
        table.add("requires", "Versions, features and keywords that the rule needs; it is left out without them.",
            Requirements::check);
        table.add("prefilter", "Nothing: weir chooses what it looks for first.", (draft, option) -> option.needNone());
    }

    private static String message(final Option option) throws RejectedException {
        final String text = Option.unquoted(option.need());
        final StringBuilder message = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && "\"\\;:".indexOf(text.charAt(i + 1)) >= 0) {
                i++;
                message.append(text.charAt(i));
            } else {
                message.append(c);
            }
        }
        return decoded(message.toString());
    }

    /** Text of characters that are bytes of UTF-8. */
    static String decoded(final String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static void classType(final Draft draft, final Option option) throws RejectedException {
        final String name = option.need();
        draft.description.classType = draft.context.classTypes().find(name);
        if (draft.description.classType == null) {
            draft.description.classType = new ClassType(name, "", Metadata.DEFAULT_SEVERITY);
            draft.note(option, RejectedException.unknown("there is no class " + Option.shown(name)
                + "; the rule has no category, and priority 3 unless it says so", name,
                draft.context.classTypes().names()));
        }
    }

    private static void reference(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts(2);
        if (parts.size() < 2 || parts.get(1).isEmpty()) {
            throw RejectedException.error("a reference is a system and a key: reference:url,example.org");
        }
        draft.description.references.add(decoded(
            draft.context.references().url(parts.get(0), Option.unquoted(parts.get(1)))));
    }

    private static void metadata(final Draft draft, final Option option) throws RejectedException {
        for (final String part : option.parts()) {
            final int space = part.indexOf(' ');
            if (space < 0) {
                draft.description.entry(decoded(part), "");
            } else {
                draft.description.entry(decoded(part.substring(0, space)), decoded(part.substring(space + 1).strip()));
            }
        }
    }

    private static void target(final Draft draft, final Option option) throws RejectedException {
        final String side = option.need().toLowerCase(Locale.ROOT);
        if (!"src_ip".equals(side) && !"dest_ip".equals(side)) {
            throw RejectedException.error("a target is src_ip or dest_ip");
        }
        draft.description.target = "src_ip".equals(side) ? Metadata.Target.SOURCE : Metadata.Target.DESTINATION;
    }
}
