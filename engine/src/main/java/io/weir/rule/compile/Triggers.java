package io.weir.rule.compile;

import io.weir.rule.match.ByteCommonness;
import io.weir.rule.match.Expressions;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Literal;
import io.weir.rule.model.Step;
import io.weir.rule.model.Value;
import io.weir.rule.regex.Regex;
import io.weir.rule.regex.RequiredLiteral;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the triggers of a rule: of all that must be there, the pattern that is longest and least common, unless the
 * rule says which one it is to be. Of alternatives, each gets triggers of its own.
 */
final class Triggers {
    private static final int MAX_PATTERN = RuleSet.MAX_PATTERN;
    private static final int MOST = 1 << 16;
    private static final int WANTED = 1 << 20;
    private static final int PRESENCE = 1;
    /** A pattern that ends at this place at the latest stands near the beginning. */
    private static final int NEAR = 128;
    /** A shorter one is found too often to be preferred to one that may stand anywhere. */
    private static final int LEAST_NEAR = 8;

    /** What was found for a condition; the better, the higher the score. */
    record Choice(List<Trigger> triggers, int score) {
    }

    private Triggers() {
    }

    /**
     * The triggers of a condition.
     *
     * @param level       of the buffers that may have one
     * @param expressions compiles regular expressions
     * @return null if it can hold without any
     */
    static List<Trigger> of(final Condition condition, final Buffer.Level level, final Expressions expressions) {
        final Choice choice = choose(condition, level, expressions);
        return choice == null ? null : choice.triggers();
    }

    /**
     * Triggers of a condition about payload that all stand near its beginning, so that only that is scanned.
     *
     * @param best its triggers that may stand anywhere, or null
     * @return null if it is better to look for the best ones in the stream, which is scanned anyway
     */
    static List<Trigger> near(final Condition condition, final List<Trigger> best) {
        if (best == null) {
            return null;
        }
        if (best.stream().allMatch(trigger -> isTelling(trigger.pattern()))) {
            return null;
        }
        if (best.stream().allMatch(trigger -> trigger.latest() <= NEAR)) {
            return best;
        }
        final List<Trigger> near = near(condition);
        return near == null || near.get(0).pattern().length < LEAST_NEAR ? null : near;
    }

    /** True if a pattern is not found everywhere: it has two bytes that differ. */
    private static boolean isTelling(final byte[] pattern) {
        for (final byte value : pattern) {
            if (value != pattern[0]) {
                return true;
            }
        }
        return false;
    }

    private static List<Trigger> near(final Condition condition) {
        if (condition instanceof Condition.All all) {
            Choice best = null;
            for (final Condition part : all.conditions()) {
                if (part instanceof Condition.BufferCondition buffer && buffer.transforms().isEmpty()
                    && buffer.buffer().level() == Buffer.Level.PAYLOAD) {
                    best = better(best, nearOf(buffer));
                }
            }
            return best == null ? null : best.triggers();
        }
        return null;
    }

    private static Choice nearOf(final Condition.BufferCondition condition) {
        Choice best = null;
        for (final Step step : condition.steps()) {
            if (step instanceof Step.DecodeBase64) {
                break;
            }
            if (step instanceof Step.Content content && !content.negated() && content.bytes().length() > 0) {
                final Choice choice = ofContent(condition, content);
                if (choice.triggers().get(0).latest() <= NEAR) {
                    best = better(best, choice);
                }
            }
        }
        return best;
    }

    private static Choice choose(final Condition condition, final Buffer.Level level,
        final Expressions expressions) {
        if (condition instanceof Condition.All all) {
            Choice best = null;
            for (final Condition part : all.conditions()) {
                best = better(best, choose(part, level, expressions));
            }
            return best;
        } else if (condition instanceof Condition.Any any) {
            return ofEach(any.conditions(), level, expressions);
        } else if (condition instanceof Condition.BufferCondition buffer) {
            return buffer.buffer().level() == level ? ofBuffer(buffer, expressions) : null;
        } else if (condition instanceof Condition.FieldTime time && level == Buffer.Level.TRANSACTION) {
            return presence(Buffer.of(time.field(), time.side()), List.of());
        } else if (condition instanceof Condition.SameField same && level == Buffer.Level.TRANSACTION) {
            return presence(Buffer.of(same.field(), Buffer.Side.EITHER), List.of());
        } else if (condition instanceof Condition.FieldPlaces values && level == Buffer.Level.TRANSACTION
            && !values.places().maybeOfNone()) {
            return presence(values.buffer(), List.of());
        } else if (condition instanceof Condition.FieldNumber number && level == Buffer.Level.TRANSACTION) {
            return presence(Buffer.of(number.field(), number.side()), List.of());
        }
        return null;
    }

    private static Choice better(final Choice one, final Choice other) {
        return one == null || other != null && other.score() > one.score() ? other : one;
    }

    private static Choice ofEach(final List<Condition> alternatives, final Buffer.Level level,
        final Expressions expressions) {
        final List<Trigger> triggers = new ArrayList<>();
        int score = Integer.MAX_VALUE;
        for (final Condition alternative : alternatives) {
            final Choice choice = choose(alternative, level, expressions);
            if (choice == null || triggers.size() + choice.triggers().size() > MOST) {
                return null;
            }
            triggers.addAll(choice.triggers());
            score = Math.min(score, choice.score());
        }
        return triggers.isEmpty() ? null : new Choice(triggers, score);
    }

    private static Choice presence(final Buffer buffer, final List<io.weir.rule.model.Transform> transforms) {
        return new Choice(List.of(new Trigger(buffer, transforms, null, false, 0, Integer.MAX_VALUE)), PRESENCE);
    }

    private static Choice ofBuffer(final Condition.BufferCondition condition, final Expressions expressions) {
        final boolean ofTransaction = condition.buffer().level() == Buffer.Level.TRANSACTION;
        Choice best = ofTransaction ? presence(condition.buffer(), condition.transforms()) : null;
        if (!ofTransaction && !condition.transforms().isEmpty()) {
            return null;
        }
        for (final Step step : condition.steps()) {
            if (step instanceof Step.DecodeBase64) {
                break;
            }
            if (step instanceof Step.Content content && !content.negated() && content.bytes().length() > 0) {
                best = better(best, ofContent(condition, content));
            } else if (step instanceof Step.Match match && !match.negated()) {
                best = better(best, ofExpression(condition, match, expressions));
            }
        }
        return best;
    }

    private static Choice ofContent(final Condition.BufferCondition condition, final Step.Content content) {
        final boolean wanted = content.fast() != null && content.fast().wanted();
        Literal bytes = content.bytes();
        int from = 0;
        if (wanted && content.fast().length() > 0) {
            from = Math.min(content.fast().from(), bytes.length() - 1);
            bytes = bytes.part(from, Math.min(bytes.length(), from + content.fast().length()));
        }
        final int best = bestPart(bytes.bytes());
        final int length = Math.min(bytes.length(), MAX_PATTERN);
        final byte[] pattern = bytes.part(best, best + length).bytes();
        final int before = from + best;
        final int behind = content.bytes().length() - before - length;
        int earliest = 0;
        int latest = Integer.MAX_VALUE;
        final long start = constant(content.offset(), 0);
        if (content.startsWith()) {
            earliest = before;
            latest = before + length;
        } else if (!content.isRelative() && start >= 0 && start < 1 << 20) {
            earliest = (int) start + before;
            final long depth = constant(content.depth(), -1);
            if (depth >= content.bytes().length() && depth < 1 << 20) {
                latest = (int) (start + depth) - behind;
            }
        }
        final Trigger trigger = new Trigger(condition.buffer(), condition.transforms(), pattern, content.noCase(),
            earliest, latest);
        return new Choice(List.of(trigger), score(pattern) + (wanted ? WANTED : 0));
    }

    /** A constant, {@code otherwise} if there is none, or what makes the caller give up if it is a variable. */
    private static long constant(final Value value, final long otherwise) {
        if (value == null) {
            return otherwise;
        }
        return value.isConstant() ? value.constant() : -1;
    }

    /** What must be there of an expression; of alternatives, of each. */
    private static Choice ofExpression(final Condition.BufferCondition condition, final Step.Match match,
        final Expressions expressions) {
        final List<Trigger> triggers = new ArrayList<>();
        int score = Integer.MAX_VALUE;
        for (final String alternative : Alternatives.of(match.pattern(), match.flags())) {
            final Choice choice = ofAlternative(condition, expressions.of(alternative, match.flags()));
            if (choice == null) {
                return null;
            }
            triggers.addAll(choice.triggers());
            score = Math.min(score, choice.score());
        }
        return new Choice(triggers, score);
    }

    private static Choice ofAlternative(final Condition.BufferCondition condition, final Regex regex) {
        Choice best = null;
        for (final RequiredLiteral literal : regex.requiredLiterals()) {
            final byte[] bytes = literal.bytes();
            if (bytes.length > 1) {
                final int from = bestPart(bytes);
                final byte[] chosen =
                    Literal.of(bytes).part(from, Math.min(bytes.length, from + MAX_PATTERN)).bytes();
                best = better(best, new Choice(List.of(new Trigger(condition.buffer(), condition.transforms(), chosen,
                    literal.caseless(), 0, Integer.MAX_VALUE)), score(chosen)));
            }
        }
        return best;
    }

    /** Where the least common part of {@link #MAX_PATTERN} bytes begins. */
    private static int bestPart(final byte[] bytes) {
        int commonness = 0;
        for (int i = 0; i < Math.min(bytes.length, MAX_PATTERN); i++) {
            commonness += ByteCommonness.of(bytes[i]);
        }
        int least = commonness;
        int best = 0;
        for (int i = MAX_PATTERN; i < bytes.length; i++) {
            commonness += ByteCommonness.of(bytes[i]) - ByteCommonness.of(bytes[i - MAX_PATTERN]);
            if (commonness < least) {
                least = commonness;
                best = i - MAX_PATTERN + 1;
            }
        }
        return best;
    }

    /** Length counts most, then how seldom the bytes are; repeated bytes add nothing. */
    private static int score(final byte[] pattern) {
        int score = PRESENCE + 1;
        for (int i = 0; i < pattern.length; i++) {
            final boolean repeats = i > 0 && pattern[i] == pattern[i - 1];
            score += repeats ? 1 : 12 - ByteCommonness.of(pattern[i]);
        }
        return score;
    }
}
