package io.weir.rule;

import io.weir.rule.model.Literal;
import io.weir.rule.model.Step.FastPattern;
import io.weir.rule.model.Step;
import io.weir.rule.model.Value;
import java.nio.charset.StandardCharsets;

/** A content, written as signatures write it: {@code content("abc").nocase().offset(2).step()}. */
public final class TestContent {
    private final String text;
    private boolean noCase;
    private boolean negated;
    private Value offset;
    private Value depth;
    private Value distance;
    private Value within;
    private boolean startsWith;
    private boolean endsWith;
    private FastPattern fast = FastPattern.UNSAID;

    private TestContent(final String text) {
        this.text = text;
    }

    public static TestContent content(final String text) {
        return new TestContent(text);
    }

    public TestContent nocase() {
        noCase = true;
        return this;
    }

    public TestContent not() {
        negated = true;
        return this;
    }

    public TestContent offset(final long value) {
        offset = Value.of(value);
        return this;
    }

    public TestContent offset(final String variable) {
        offset = Value.of(variable);
        return this;
    }

    public TestContent depth(final long value) {
        depth = Value.of(value);
        return this;
    }

    public TestContent distance(final long value) {
        distance = Value.of(value);
        return this;
    }

    public TestContent within(final long value) {
        within = Value.of(value);
        return this;
    }

    public TestContent startsWith() {
        startsWith = true;
        return this;
    }

    public TestContent endsWith() {
        endsWith = true;
        return this;
    }

    public TestContent fastPattern() {
        fast = new FastPattern(true, false, 0, 0);
        return this;
    }

    /** The step; what is found in either case is written in lower case, as signatures are read. */
    public Step.Content step() {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; noCase && i < bytes.length; i++) {
            bytes[i] += (byte) (bytes[i] >= 'A' && bytes[i] <= 'Z' ? 'a' - 'A' : 0);
        }
        return new Step.Content(Literal.of(bytes), noCase, negated, offset,
            depth, distance, within, startsWith, endsWith, fast);
    }
}
