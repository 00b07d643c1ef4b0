package io.weir.rule.signature;

import io.weir.rule.model.Literal;
import io.weir.rule.model.Step;
import io.weir.rule.model.Step.Content;
import io.weir.rule.model.Step.FastPattern;
import io.weir.rule.model.Value;
import java.util.List;

/** Literal content and its modifiers, places, lengths and expressions. */
final class ContentKeywords {
    private static final long MOST = 1 << 20;

    private ContentKeywords() {
    }

    static void addTo(final KeywordTable table) {
        table.add("content", "Literal bytes.", (draft, option) -> add(draft, draft.current, option));
        table.add("uricontent", "Literal bytes of the URI; the old form of content with http.uri.",
            (draft, option) -> add(draft, draft.find(BufferWords.URI), option));
        table.add("nocase", "Case of ASCII letters does not matter.", (draft, option) -> {
            option.needNone();
            replace(draft, option, ContentKeywords::noCase);
        });
        table.add("depth", "The content ends within so many bytes from the offset.", (draft, option) ->
            replace(draft, option, content -> depth(content, draft.value(option.need(), 1, MOST))));
        table.add("offset", "The content begins at this place or behind it.", (draft, option) ->
            replace(draft, option, content -> offset(content, draft.value(option.need(), 0, MOST))));
        table.add("distance", "The content begins so many bytes behind the match before, or further on.",
            (draft, option) ->
                replace(draft, option, content -> distance(content, draft.value(option.need(), -MOST, MOST))));
        table.add("within", "The content ends within so many bytes behind the match before.", (draft, option) ->
            replace(draft, option, content -> within(content, draft.value(option.need(), -MOST, MOST))));
        table.add("startswith", "The content is at the beginning of the buffer.", (draft, option) -> {
            option.needNone();
            replace(draft, option, ContentKeywords::startsWith);
        });
        table.add("endswith", "The content is at the end of the buffer.", (draft, option) -> {
            option.needNone();
            replace(draft, option, content -> with(content, content.bytes(), content.noCase(),
                content.startsWith(), true, content.fast()));
        });
        table.add("fast_pattern", "This content, or a part of it, is looked for first.", (draft, option) ->
            replace(draft, option, content -> with(content, content.bytes(), content.noCase(), content.startsWith(),
                content.endsWith(), fast(content, option))));
        table.add("rawbytes", "Nothing: content is looked for in bytes as they are.",
            (draft, option) -> option.needNone());
        table.not("replace", "weir changes no traffic.");
        table.add("isdataat", "There are bytes at a place, or none.", ContentKeywords::isDataAt);
        table.add("bsize", "Length of the buffer.", (draft, option) -> {
            if (!draft.isSticky()) {
                throw RejectedException.error("bsize asks a buffer, and none is named before it");
            }
            draft.current.steps.add(new Step.Length(Numbers.set(option.need())));
        });
        EntropyKeyword.addTo(table);
        table.add("absent", "There is no such buffer; with or_else, or what follows holds.", ContentKeywords::absent);
        table.add("pkt_data", "Looks in the payload again.", (draft, option) -> {
            option.needNone();
            draft.usePayload();
        });
        table.add("pcre", "A regular expression, with buffer letters.", ExpressionText::add);
    }

    /** Changes a content. */
    private interface Change {
        Content of(Content content) throws RejectedException;
    }

    private static void add(final Draft draft, final BufferDraft buffer, final Option option)
        throws RejectedException {
        final String value = option.need();
        final boolean negated = value.startsWith("!");
        final byte[] bytes = ContentText.bytes(negated ? value.substring(1).strip() : value);
        buffer.steps.add(new Content(Literal.of(bytes), false, negated, null, null, null, null, false, false,
            FastPattern.UNSAID));
        draft.lastBuffer = buffer;
    }

    private static void replace(final Draft draft, final Option option, final Change change)
        throws RejectedException {
        final BufferDraft buffer = draft.lastBuffer == null ? draft.current : draft.lastBuffer;
        for (int i = buffer.steps.size() - 1; i >= 0; i--) {
            if (buffer.steps.get(i) instanceof Content content) {
                buffer.steps.set(i, change.of(content));
                return;
            }
        }
        throw RejectedException.error(option.name() + " is about the content before it, and there is none");
    }

    /** The same in either case. */
    static Content noCase(final Content content) {
        return with(content, ContentText.literal(content.bytes().bytes(), true), true, content.startsWith(),
            content.endsWith(), content.fast());
    }

    private static Content startsWith(final Content content) throws RejectedException {
        if (content.isRelative() || content.offset() != null || content.depth() != null) {
            throw RejectedException.error("startswith says where the content is; offset, depth, distance and within "
                + "cannot say it again");
        }
        return with(content, content.bytes(), content.noCase(), true, content.endsWith(), content.fast());
    }

    private static Content with(final Content content, final Literal bytes, final boolean noCase,
        final boolean startsWith, final boolean endsWith, final FastPattern fast) {
        return new Content(bytes, noCase, content.negated(), content.offset(), content.depth(), content.distance(),
            content.within(), startsWith, endsWith, fast);
    }

    private static Content placed(final Content content, final Value offset, final Value depth, final Value distance,
        final Value within) throws RejectedException {
        if (content.startsWith()) {
            throw RejectedException.error("startswith says where the content is; offset, depth, distance and within "
                + "cannot say it again");
        }
        if ((offset != null || depth != null) && (distance != null || within != null)) {
            throw RejectedException.error("offset and depth count from the beginning, distance and within from the "
                + "match before: a content takes one kind of both");
        }
        return new Content(content.bytes(), content.noCase(), content.negated(), offset, depth, distance, within,
            false, content.endsWith(), content.fast());
    }

    private static Content depth(final Content content, final Value value) throws RejectedException {
        needRoom(content, value, "depth");
        return placed(content, content.offset(), value, content.distance(), content.within());
    }

    private static Content offset(final Content content, final Value value) throws RejectedException {
        return placed(content, value, content.depth(), content.distance(), content.within());
    }

    private static Content distance(final Content content, final Value value) throws RejectedException {
        return placed(content, content.offset(), content.depth(), value, content.within());
    }

    private static Content within(final Content content, final Value value) throws RejectedException {
        needRoom(content, value, "within");
        return placed(content, content.offset(), content.depth(), content.distance(), value);
    }

    private static void needRoom(final Content content, final Value value, final String word)
        throws RejectedException {
        if (value.isConstant() && value.constant() < content.bytes().length()) {
            throw RejectedException.error(word + " " + value.constant() + " leaves no room for a content of "
                + content.bytes().length() + " bytes");
        }
    }

    private static FastPattern fast(final Content content, final Option option) throws RejectedException {
        if (option.value() == null || option.value().isEmpty()) {
            return new FastPattern(true, false, 0, 0);
        }
        if ("only".equals(option.value())) {
            if (content.isRelative() || content.offset() != null || content.depth() != null) {
                throw RejectedException.error("fast_pattern:only leaves the place of its content open, and it has "
                    + "one");
            }
            return new FastPattern(true, !content.negated(), 0, 0);
        }
        final List<String> parts = option.parts(2);
        final int length = content.bytes().length();
        if (parts.size() < 2) {
            throw RejectedException.error("fast_pattern takes only, or an offset and a length");
        }
        final int from = (int) Numbers.number(parts.get(0), 0, length - 1L);
        return new FastPattern(true, false, from, (int) Numbers.number(parts.get(1), 1, length - from));
    }

    private static void isDataAt(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts();
        final boolean negated = parts.get(0).startsWith("!");
        final String place = negated ? parts.get(0).substring(1) : parts.get(0);
        boolean relative = false;
        for (final String word : parts.subList(1, parts.size())) {
            if ("relative".equals(word)) {
                relative = true;
            } else if (!"rawbytes".equals(word)) {
                throw RejectedException.unknown("isdataat takes relative and rawbytes, not " + Option.shown(word),
                    word, List.of("relative", "rawbytes"));
            }
        }
        draft.place(relative).steps.add(new Step.IsDataAt(draft.value(place, 0, MOST), relative, negated));
    }

    private static void absent(final Draft draft, final Option option) throws RejectedException {
        if (!draft.isSticky() || !draft.current.steps.isEmpty()) {
            throw RejectedException.error("absent stands directly behind the buffer that it is about");
        }
        final boolean or = option.value() != null && !option.value().isEmpty();
        if (or && !"or_else".equals(option.value())) {
            throw RejectedException.unknown("absent takes or_else, not " + Option.shown(option.value()),
                option.value(), List.of("or_else"));
        }
        draft.current.absent(or);
    }
}
