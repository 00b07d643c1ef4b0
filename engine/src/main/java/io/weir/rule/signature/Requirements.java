package io.weir.rule.signature;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code requires}: a rule whose needs are not met is left out. */
final class Requirements {
    /** Version of Suricata whose rule language this loader reads. */
    private static final int[] VERSION = {8, 0, 0};
    private static final Pattern COMPARED =
        Pattern.compile("version\\s*(>=|<=|>|<)\\s*(\\d{1,4})(?:\\.(\\d{1,4}))?(?:\\.(\\d{1,4}))?");
    private static final Set<String> FEATURES = Set.of("ja3", "ja4");

    private Requirements() {
    }

    static void check(final Draft draft, final Option option) throws RejectedException {
        for (final String part : option.parts()) {
            final String need = part.strip();
            if (need.startsWith("feature ")) {
                feature(need.substring(8).strip());
            } else if (need.startsWith("keyword ")) {
                draft.neededKeywords.add(need.substring(8).strip());
            } else if (need.startsWith("version")) {
                version(need);
            } else {
                throw RejectedException.unsupported("the rule requires " + Option.shown(need)
                    + ", which is not known here");
            }
        }
    }

    private static void feature(final String name) throws RejectedException {
        if (!FEATURES.contains(name.toLowerCase(Locale.ROOT))) {
            throw RejectedException.unsupported("the rule requires the feature " + Option.shown(name)
                + ", which weir does not have");
        }
    }

    /** Alternatives between bars, each of conditions that must all hold. */
    private static void version(final String text) throws RejectedException {
        for (final String alternative : text.substring("version".length()).split("\\|")) {
            if (holdsAll(List.of(alternative.strip().split("\\s+(?=[<>])")))) {
                return;
            }
        }
        throw RejectedException.unsupported("the rule requires another version: " + Option.shown(text));
    }

    private static boolean holdsAll(final List<String> conditions) throws RejectedException {
        for (final String condition : conditions) {
            final Matcher matcher = COMPARED.matcher("version " + condition.strip());
            if (!matcher.matches()) {
                throw RejectedException.error("a version is asked as in version >= 8.0.0, not "
                    + Option.shown(condition));
            }
            if (!holds(matcher)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(final Matcher matcher) {
        int order = 0;
        for (int i = 0; i < VERSION.length && order == 0; i++) {
            final String digits = matcher.group(i + 2);
            order = Integer.compare(VERSION[i], digits == null ? 0 : Integer.parseInt(digits));
        }
        return switch (matcher.group(1)) {
            case ">=" -> order >= 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order < 0;
        };
    }
}
