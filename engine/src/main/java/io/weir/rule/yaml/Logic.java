package io.weir.rule.yaml;

import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What follows from conditions. */
final class Logic {
    private Logic() {
    }

    /**
     * The opposite of a condition. What a flow is not is known later than that it is not yet known to be it, so that
     * the opposite is carried to the leaves.
     */
    static Condition negated(final Condition condition) {
        if (condition == null) {
            return null;
        } else if (condition instanceof Condition.Not not) {
            return not.condition();
        } else if (condition instanceof Condition.All all) {
            return new Condition.Any(negated(all.conditions()));
        } else if (condition instanceof Condition.Any any) {
            return new Condition.All(negated(any.conditions()));
        } else if (condition instanceof Condition.Application application) {
            return new Condition.Application(application.protocols(), !application.negated(), application.layer());
        } else if (condition instanceof Condition.FlowBit bit) {
            return new Condition.FlowBit(bit.names(), !bit.negated());
        }
        return new Condition.Not(condition);
    }

    private static List<Condition> negated(final List<Condition> conditions) {
        final List<Condition> opposites = new ArrayList<>();
        for (final Condition condition : conditions) {
            opposites.add(negated(condition));
        }
        return opposites;
    }

    /** True if a condition, or one within it, is such a one. */
    static boolean has(final Condition condition, final Predicate<Condition> wanted) {
        if (condition instanceof Condition.All all) {
            return all.conditions().stream().anyMatch(part -> has(part, wanted));
        } else if (condition instanceof Condition.Any any) {
            return any.conditions().stream().anyMatch(part -> has(part, wanted));
        } else if (condition instanceof Condition.Not not) {
            return has(not.condition(), wanted);
        }
        return wanted.test(condition);
    }

    /** True if it asks something of transactions. */
    static boolean asksTransactions(final Condition condition) {
        return has(condition, part -> !fields(part).isEmpty());
    }

    /** True if it asks only what a flow is, not what is in its frames, payload or transactions. */
    static boolean asksFlowAlone(final Condition condition) {
        return !has(condition, part -> part instanceof Condition.BufferCondition
            || part instanceof Condition.PacketFact || part instanceof Condition.TcpFlags
            || part instanceof Condition.Event || !fields(part).isEmpty());
    }

    /** True if it cannot hold for a transaction that has none of the fields it asks. */
    static boolean needsField(final Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.conditions().stream().anyMatch(Logic::needsField);
        } else if (condition instanceof Condition.Any any) {
            return !any.conditions().isEmpty() && any.conditions().stream().allMatch(Logic::needsField);
        } else if (condition instanceof Condition.FieldCount count) {
            return !count.counts().contains(0);
        }
        return !(condition instanceof Condition.Not) && !fields(condition).isEmpty();
    }

    /** Fields that a single condition asks. */
    static List<Field> fields(final Condition condition) {
        if (condition instanceof Condition.BufferCondition buffer) {
            return buffer.buffer().level() == Buffer.Level.TRANSACTION ? buffer.buffer().fields() : List.of();
        } else if (condition instanceof Condition.FieldNumber number) {
            return List.of(number.field());
        } else if (condition instanceof Condition.FieldTime time) {
            return List.of(time.field());
        } else if (condition instanceof Condition.FieldCount count) {
            return count.buffer().fields();
        } else if (condition instanceof Condition.SameField same) {
            return List.of(same.field(), same.other());
        }
        return List.of();
    }

    /** The protocols whose transactions may have what a condition needs; null for any. */
    static Set<Protocol> tellers(final Condition condition) {
        if (condition instanceof Condition.All all) {
            Set<Protocol> common = null;
            for (final Condition part : all.conditions()) {
                final Set<Protocol> of = tellers(part);
                if (of != null && common != null) {
                    common.retainAll(of);
                } else if (of != null) {
                    common = of;
                }
            }
            return common;
        } else if (condition instanceof Condition.Any any) {
            final Set<Protocol> either = new LinkedHashSet<>();
            for (final Condition part : any.conditions()) {
                final Set<Protocol> of = tellers(part);
                if (of == null) {
                    return null;
                }
                either.addAll(of);
            }
            return either;
        }
        if (!needsField(condition)) {
            return null;
        }
        final Set<Protocol> found = new LinkedHashSet<>();
        for (final Protocol protocol : Protocols.all()) {
            if (fields(condition).stream().anyMatch(protocol.fields()::contains)) {
                found.add(protocol);
            }
        }
        return found;
    }
}
