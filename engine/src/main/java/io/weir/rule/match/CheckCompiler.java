package io.weir.rule.match;

import io.weir.event.Anomaly;
import io.weir.packet.DecodeError;
import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Dataset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Compiles conditions into checks. One for each rule, whose variables it numbers; one thread. */
public final class CheckCompiler {
    private final FlowNames names;
    private final Function<Dataset, ValueSet> datasets;
    private final Reputations reputations;
    private final Expressions expressions;
    private final Map<String, Integer> slots = new HashMap<>();

    /**
     * Makes a compiler for one rule.
     *
     * @param names       numbers flow bits and counters
     * @param datasets    finds the values of a set
     * @param reputations of addresses
     * @param expressions compiles regular expressions
     */
    public CheckCompiler(final FlowNames names, final Function<Dataset, ValueSet> datasets,
        final Reputations reputations, final Expressions expressions) {
        this.names = names;
        this.datasets = datasets;
        this.reputations = reputations;
        this.expressions = expressions;
    }

    /**
     * Compiles a condition.
     *
     * @throws IllegalArgumentException if it cannot be asked, with the reason
     */
    public Check compile(final Condition condition) {
        if (condition instanceof Condition.All all) {
            return new LogicChecks.Several(all, compile(all.conditions()), true);
        } else if (condition instanceof Condition.Any any) {
            return new LogicChecks.Several(any, compile(any.conditions()), false);
        } else if (condition instanceof Condition.Not not) {
            return new LogicChecks.Not(not, compile(not.condition()));
        } else if (condition instanceof Condition.BufferCondition buffer) {
            return buffer(buffer);
        } else if (condition instanceof Condition.Absent absent) {
            return new BufferChecks.Absent(absent, absent.orElse() == null ? null : buffer(absent.orElse()));
        } else if (condition instanceof Condition.FieldNumber number) {
            return new BufferChecks.FieldNumber(number);
        } else if (condition instanceof Condition.FieldPlaces values) {
            return new FieldChecks.Placed(values);
        } else if (condition instanceof Condition.FieldTime time) {
            return new FieldChecks.Time(time);
        } else if (condition instanceof Condition.SameField same) {
            return new FieldChecks.Same(same);
        } else if (condition instanceof Condition.FieldCount count) {
            return new BufferChecks.FieldCount(count, count.buffer(), count.counts());
        } else {
            return ofFrameOrFlow(condition);
        }
    }

    private List<Check> compile(final List<Condition> conditions) {
        final List<Check> checks = new ArrayList<>();
        for (final Condition condition : conditions) {
            checks.add(compile(condition));
        }
        return checks;
    }

    private Check buffer(final Condition.BufferCondition condition) {
        final Transforms transforms = Transforms.of(condition.transforms(), expressions);
        final StepCode steps = StepChain.of(condition.steps(), slots, datasets, expressions);
        final Buffer buffer = condition.buffer();
        return switch (buffer.level()) {
            case TRANSACTION -> new BufferChecks.OfTransaction(condition, transforms, steps);
            case PAYLOAD -> new BufferChecks.OfPayload(condition, transforms, steps);
            case PACKET -> new BufferChecks.OfPacket(condition, transforms, steps);
        };
    }

    private Check ofFrameOrFlow(final Condition condition) {
        if (condition instanceof Condition.PacketFact fact) {
            return new PacketChecks.Numbered(fact);
        } else if (condition instanceof Condition.TcpFlags flags) {
            return new PacketChecks.Flags(flags);
        } else if (condition instanceof Condition.Fragment fragment) {
            return new PacketChecks.Fragment(fragment);
        } else if (condition instanceof Condition.IpOption option) {
            return new PacketChecks.IpOption(option);
        } else if (condition instanceof Condition.SameAddress) {
            return new PacketChecks.SameAddress(condition);
        } else if (condition instanceof Condition.FlowState state) {
            return new FlowChecks.State(state);
        } else if (condition instanceof Condition.FlowEndpoint end) {
            return new FlowChecks.End(end);
        } else if (condition instanceof Condition.FlowFact fact) {
            return new FlowChecks.Numbered(fact);
        } else if (condition instanceof Condition.FlowBit bit) {
            return new FlowChecks.Bits(bit, names);
        } else if (condition instanceof Condition.TransactionBit bit) {
            return new FieldChecks.Bit(bit, names.ofTransactions(bit.name()));
        } else if (condition instanceof Condition.FlowInt counter) {
            return new FlowChecks.Counted(counter, names);
        } else if (condition instanceof Condition.FlowIntDifference difference) {
            return new FlowChecks.Difference(difference, names);
        } else if (condition instanceof Condition.Application application) {
            return new FlowChecks.Application(application);
        } else if (condition instanceof Condition.Unrecognised un) {
            return new FlowChecks.Unrecognised(un);
        } else if (condition instanceof Condition.OtherAddress other) {
            return new FieldChecks.OtherAddress(other);
        } else if (condition instanceof Condition.Service service) {
            return new FlowChecks.Service(service);
        } else if (condition instanceof Condition.Reputation reputation) {
            return new FlowChecks.Reputed(reputation, reputations);
        } else if (condition instanceof Condition.Event event) {
            return event(event);
        }
        throw new IllegalArgumentException("no such condition: " + condition);
    }

    private static Check event(final Condition.Event event) {
        if (event.kind() != Condition.Event.Kind.APPLICATION) {
            final int anomalies = EventNames.anomalies(event.name());
            final long errors = EventNames.errors(event.name());
            return new PacketChecks.Odd(event, anomalies, errors);
        }
        final int dot = event.name().indexOf('.');
        final String protocolName = dot < 0 ? "" : event.name().substring(0, dot);
        for (final Protocol protocol : Protocols.all()) {
            if (protocol.name().equals(protocolName)) {
                for (int i = 0; i < protocol.events().size(); i++) {
                    if (protocol.events().get(i).label().equals(event.name().substring(dot + 1))) {
                        return new FlowChecks.Reported(event, protocol, i);
                    }
                }
            }
        }
        throw new IllegalArgumentException("no parser reports the event " + event.name());
    }

    /** Names of what decoding and reassembly see, without what stands in front in EVE. */
    static final class EventNames {
        private EventNames() {
        }

        private static String bare(final String name) {
            final int dot = name.indexOf('.');
            final String front = dot < 0 ? "" : name.substring(0, dot);
            return "decoder".equals(front) || "stream".equals(front) ? name.substring(dot + 1) : name;
        }

        /** A bit for each anomaly that is called so; 0 if none is seen here. */
        static int anomalies(final String name) {
            int mask = 0;
            for (int i = 0; i < Anomaly.COUNT; i++) {
                mask |= bare(Anomaly.of(i).eventName()).equals(bare(name)) ? Anomaly.of(i).bit() : 0;
            }
            return mask;
        }

        /** A bit for each error of the decoder that is called so; 0 if none is seen here. */
        static long errors(final String name) {
            long mask = 0;
            for (int i = 0; i < Anomaly.COUNT; i++) {
                final DecodeError error = Anomaly.of(i).error();
                mask |= error != DecodeError.NONE && bare(Anomaly.of(i).eventName()).equals(bare(name))
                    ? 1L << error.ordinal() : 0;
            }
            return mask;
        }
    }
}
