package io.weir.rule.signature;

import io.weir.rule.model.Action;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Condition.BufferCondition;
import io.weir.rule.model.Condition.Direction;
import io.weir.rule.model.Header;
import io.weir.rule.model.Origin;
import io.weir.rule.model.Rule;
import io.weir.rule.model.Step;
import io.weir.rule.model.Transform;
import java.util.ArrayList;
import java.util.List;

/** Makes a rule of a draft, once all of its options are known. */
final class Assembly {
    private final Draft draft;
    private final Direction direction;
    /** Files are the streams that carry them. */
    private boolean ofStreams;

    private Assembly(final Draft draft) throws RejectedException {
        this.draft = draft;
        this.direction = direction();
    }

    static Rule rule(final Draft draft, final Origin origin) throws RejectedException {
        if (draft.description.signature == 0) {
            throw RejectedException.error("the rule has no sid");
        }
        return new Assembly(draft).rule(origin);
    }

    private Rule rule(final Origin origin) throws RejectedException {
        final boolean once = FtpData.isAskedOnce(draft);
        ofStreams = !once && FtpData.isAskedOfStreams(draft);
        final List<Condition> all = new ArrayList<>(draft.conditions);
        if (direction == null && !draft.transactional && isOfEitherSide()) {
            all.add(new Condition.Any(List.of(ofSide(Direction.TO_SERVER), ofSide(Direction.TO_CLIENT))));
        } else {
            ask(direction, all);
        }
        final Header header = draft.transactional
            ? new Header(draft.header.traffic(), draft.header.source(), draft.header.destination(), true)
            : draft.header;
        final boolean silent = draft.noAlert && draft.action != Action.PASS;
        return new Rule(draft.description.id(), silent ? Action.SILENT : draft.action, header, new Condition.All(all),
            draft.effects, draft.acrossFlows, once ? Rule.Scope.FLOW : Rule.Scope.EACH, draft.description.metadata(),
            origin);
    }

    /** True if what the rule asks is something else on each side, so that each is asked alone. */
    private boolean isOfEitherSide() {
        final FieldNames fields = draft.context.fields();
        return draft.buffers.stream().anyMatch(buffer -> buffer.word().differsBySide(fields))
            || draft.questions.stream().anyMatch(question -> question.isOfOneSide(fields));
    }

    private Condition ofSide(final Direction side) throws RejectedException {
        final List<Condition> all = new ArrayList<>();
        all.add(new Condition.FlowState(null, side, false, null, null));
        ask(side, all);
        return new Condition.All(all);
    }

    private void ask(final Direction side, final List<Condition> to) throws RejectedException {
        for (final NumberKeywords.Question question : draft.questions) {
            to.add(question.resolve(draft.context.fields(), side));
        }
        for (final BufferDraft buffer : draft.buffers) {
            if (!buffer.steps.isEmpty() || buffer.isAbsent()) {
                to.add(condition(buffer, side));
            } else if (!buffer.word().isPayload()) {
                throw RejectedException.error("nothing is asked of " + buffer.word().name());
            }
        }
    }

    /** Refuses a length at which a content of the same buffer has no room. */
    private static void checkRoom(final BufferDraft draftBuffer) throws RejectedException {
        int most = 0;
        for (final Step step : draftBuffer.steps) {
            if (step instanceof Step.Content content && !content.negated()) {
                most = Math.max(most, content.bytes().length());
            }
            if (step instanceof Step.DecodeBase64) {
                break;
            }
        }
        for (final Step step : draftBuffer.steps) {
            if (step instanceof Step.Length length && !length.lengths().isAnyFrom(most)) {
                throw RejectedException.error(draftBuffer.word().name() + " is too short, by its bsize, for a content "
                    + "of " + most + " bytes");
            }
            if (step instanceof Step.DecodeBase64) {
                break;
            }
        }
    }

    /** Refuses content that cannot be there, since the buffer is in lower case. */
    private static void checkCase(final BufferDraft draftBuffer) throws RejectedException {
        final boolean lower = draftBuffer.transforms.isEmpty() ? draftBuffer.word().isLower()
            : draftBuffer.transforms.get(draftBuffer.transforms.size() - 1).kind() == Transform.Kind.TO_LOWERCASE;
        for (final Step step : draftBuffer.steps) {
            if (lower && step instanceof Step.Content content && !content.noCase()) {
                for (final byte value : content.bytes().bytes()) {
                    if (value >= 'A' && value <= 'Z') {
                        throw RejectedException.error(draftBuffer.word().name()
                            + " is in lower case; write its content so, or behind it nocase");
                    }
                }
            }
            if (step instanceof Step.DecodeBase64) {
                break;
            }
        }
    }

    private Condition condition(final BufferDraft draftBuffer, final Direction side) throws RejectedException {
        checkRoom(draftBuffer);
        checkCase(draftBuffer);
        final Buffer buffer = ofStreams && FtpData.isFile(draftBuffer) ? Buffer.PAYLOAD
            : draftBuffer.word().resolve(draft.context.fields(), side);
        final BufferCondition asked = new BufferCondition(buffer, draftBuffer.transforms, draftBuffer.asked());
        if (!draftBuffer.isAbsent()) {
            return asked;
        }
        if (draftBuffer.isOrElse() == draftBuffer.steps.isEmpty()) {
            throw RejectedException.error(draftBuffer.isOrElse()
                ? "absent: or_else needs something that is asked of " + buffer.name()
                : "of an absent " + buffer.name() + " nothing can be asked; write absent: or_else");
        }
        return new Condition.Absent(buffer, draftBuffer.isOrElse() ? asked : null);
    }

    /** What {@code flow} says, or what the buffers of one side say; null if nothing does. */
    private Direction direction() throws RejectedException {
        if (draft.direction != null || draft.transactional) {
            return draft.direction;
        }
        final List<BufferWord> words = new ArrayList<>();
        draft.buffers.forEach(buffer -> words.add(buffer.word()));
        draft.questions.forEach(question -> words.add(question.word()));
        BufferWord first = null;
        for (final BufferWord word : words) {
            if (word.side() == null) {
                continue;
            }
            if (first != null && first.side() != word.side()) {
                throw RejectedException.error(first.name() + " and " + word.name() + " are told by different sides; "
                    + "a rule that asks both needs the direction =>");
            }
            first = word;
        }
        return first == null ? null : first.side();
    }
}
