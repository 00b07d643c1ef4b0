package io.weir.rule.signature;

import io.weir.protocol.Field;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.NumberSet;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When certificates of servers are valid: against dates, in UTC, or against the time of the traffic. */
final class CertificateKeywords {
    private static final Pattern DATE = Pattern.compile(
        "(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:[ T](\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2}))?)?)?)?)?");
    private static final String NOT_BEFORE = "tls.notbefore";
    private static final String NOT_AFTER = "tls.notafter";
    private static final NumberSet PAST = NumberSet.between(Long.MIN_VALUE, -1);
    private static final NumberSet COMING = NumberSet.between(0, Long.MAX_VALUE);
    private static final NumberSet COME = NumberSet.between(Long.MIN_VALUE, 0);

    private CertificateKeywords() {
    }

    static void addTo(final KeywordTable table) {
        final Field notBefore = one(table, NOT_BEFORE);
        final Field notAfter = one(table, NOT_AFTER);
        table.add("tls_cert_notbefore", "When the server's certificate begins to be valid: a date, <, > or a range.",
            (draft, option) -> draft.conditions.add(dated(notBefore, option)));
        table.add("tls_cert_notafter", "When it ends to be valid, in the same way.",
            (draft, option) -> draft.conditions.add(dated(notAfter, option)));
        table.add("tls_cert_expired", "The server's certificate has expired.", (draft, option) -> {
            option.needNone();
            draft.conditions.add(new Condition.FieldTime(notAfter, Buffer.Side.TO_CLIENT, PAST));
        });
        table.add("tls_cert_valid", "The server's certificate is neither expired nor not yet valid.",
            (draft, option) -> {
                option.needNone();
                draft.conditions.add(new Condition.FieldTime(notBefore, Buffer.Side.TO_CLIENT, COME));
                draft.conditions.add(new Condition.FieldTime(notAfter, Buffer.Side.TO_CLIENT, COMING));
            });
    }

    private static Field one(final KeywordTable table, final String name) {
        final List<Field> found = table.fields().find(name);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Both ends of a range and what is compared with count as within. */
    private static Condition dated(final Field field, final Option option) throws RejectedException {
        final String text = Option.unquoted(option.need());
        final int range = text.indexOf("<>");
        final NumberSet times;
        if (range > 0) {
            times = NumberSet.between(seconds(text.substring(0, range)), seconds(text.substring(range + 2)));
        } else if (text.startsWith("<")) {
            times = NumberSet.between(Long.MIN_VALUE, seconds(text.substring(1)));
        } else if (text.startsWith(">")) {
            times = NumberSet.between(seconds(text.substring(1)), Long.MAX_VALUE);
        } else {
            times = NumberSet.of(seconds(text));
        }
        return new Condition.FieldNumber(field, Buffer.Side.TO_CLIENT, times);
    }

    private static long seconds(final String text) throws RejectedException {
        final Matcher parts = DATE.matcher(text.strip());
        try {
            if (parts.matches()) {
                return LocalDateTime.of(part(parts, 1, 0), part(parts, 2, 1), part(parts, 3, 1), part(parts, 4, 0),
                    part(parts, 5, 0), part(parts, 6, 0)).toEpochSecond(ZoneOffset.UTC);
            }
        } catch (final DateTimeException e) {
            throw RejectedException.error('"' + Option.shown(text.strip()) + "\" is no date: " + e.getMessage());
        }
        throw RejectedException.error('"' + Option.shown(text.strip())
            + "\" is no date; write for example 2026-01-31 or 2026-01-31 12:00:00");
    }

    private static int part(final Matcher parts, final int group, final int otherwise) {
        return parts.group(group) == null ? otherwise : Integer.parseInt(parts.group(group));
    }
}
