package io.weir.rule.signature;

import io.weir.rule.model.Step;
import io.weir.rule.model.Transform;
import java.util.ArrayList;
import java.util.List;

/** A buffer of a rule in the making, and what is asked of it. */
final class BufferDraft {
    final List<Step> steps = new ArrayList<>();
    final List<Transform> transforms = new ArrayList<>();

    private final BufferWord word;
    private boolean decoded;
    private boolean absent;
    private boolean orElse;

    BufferDraft(final BufferWord word) {
        this.word = word;
    }

    BufferWord word() {
        return word;
    }

    /** What is asked, in order. */
    List<Step> asked() {
        return word.isOfDigits() ? steps.stream().map(BufferDraft::inEitherCase).toList() : steps;
    }

    private static Step inEitherCase(final Step step) {
        return step instanceof Step.Content content ? ContentKeywords.noCase(content) : step;
    }

    /** The content or expression added last, or null. */
    Step last() {
        return steps.isEmpty() ? null : steps.get(steps.size() - 1);
    }

    void replaceLast(final Step step) {
        steps.set(steps.size() - 1, step);
    }

    /** Steps added from now on ask decoded bytes. */
    void decode(final Step.DecodeBase64 step) {
        steps.add(step);
        decoded = true;
    }

    /** True if further steps ask decoded bytes. */
    boolean isDecoded() {
        return decoded;
    }

    /** Holds where there is no such buffer; with {@code or} also where the steps do. */
    void absent(final boolean or) {
        absent = true;
        orElse = or;
    }

    boolean isAbsent() {
        return absent;
    }

    boolean isOrElse() {
        return orElse;
    }
}
