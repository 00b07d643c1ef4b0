package io.weir.rule.compile;

import io.weir.protocol.Field;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.FlowNumber;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Step;
import java.util.ArrayList;
import java.util.List;

/** What a rule's condition asks for, gathered in one walk: it decides when the rule is asked. */
final class Needs {
    final List<Field> fields = new ArrayList<>();
    final List<Condition.Event> events = new ArrayList<>();
    boolean transaction;
    boolean client;
    boolean server;
    boolean either;
    boolean payload;
    /** Something of single frames, so that payload is that of single frames too. */
    boolean frame;
    boolean places;
    /** Something that can be said of a transaction only once all of it is told. */
    boolean whole;
    boolean flowBits;
    boolean recognition;
    /** Something of the flow that changes with each frame. */
    boolean changing;
    /** It can hold only while a side has sent its first frame and no more. */
    boolean firstFrame;
    Boolean stream;
    Condition.Direction direction;
    /** It asks which side speaks, be it in one of several ways to hold. */
    boolean asksDirection;
    /** Anything but bits and what the header asks. */
    boolean anything;

    static Needs of(final Condition condition) {
        final Needs needs = new Needs();
        needs.add(condition, true);
        return needs;
    }

    private void add(final Condition condition, final boolean certain) {
        if (condition instanceof Condition.All all) {
            all.conditions().forEach(part -> add(part, certain));
            return;
        }
        if (isOfAddresses(condition)) {
            return;
        }
        anything = true;
        if (condition instanceof Condition.Any any) {
            any.conditions().forEach(part -> add(part, false));
        } else if (condition instanceof Condition.Not not) {
            add(not.condition(), false);
        } else if (condition instanceof Condition.BufferCondition buffer) {
            add(buffer);
        } else if (condition instanceof Condition.Absent absent) {
            add(absent.buffer());
        } else if (condition instanceof Condition.FieldNumber number) {
            add(Buffer.of(number.field(), number.side()));
        } else if (condition instanceof Condition.FieldPlaces values) {
            add(values.buffer());
            whole |= values.places().needsAll();
        } else if (condition instanceof Condition.FieldTime time) {
            add(Buffer.of(time.field(), time.side()));
        } else if (condition instanceof Condition.SameField same) {
            add(Buffer.of(same.field(), Buffer.Side.EITHER));
            add(Buffer.of(same.other(), Buffer.Side.EITHER));
        } else if (condition instanceof Condition.FieldCount count) {
            add(count.buffer());
        } else if (condition instanceof Condition.Event event) {
            events.add(event);
        } else if (condition instanceof Condition.FlowState state) {
            changing |= state.established() != null;
            asksDirection |= state.direction() != null;
            if (certain) {
                direction = state.direction() == null ? direction : state.direction();
                stream = state.stream() == null ? stream : state.stream();
            }
        } else if (condition instanceof Condition.TransactionBit) {
            transaction = true;
        } else if (condition instanceof Condition.FlowBit || condition instanceof Condition.FlowInt
            || condition instanceof Condition.FlowIntDifference) {
            flowBits = true;
        } else if (condition instanceof Condition.OtherAddress other) {
            add(Buffer.of(other.command(), Buffer.Side.TO_SERVER));
            add(Buffer.of(other.address(), Buffer.Side.TO_SERVER));
        } else if (condition instanceof Condition.Unrecognised un) {
            recognition |= !un.early();
            changing |= un.early();
        } else if (condition instanceof Condition.Application || condition instanceof Condition.Service) {
            recognition = true;
        } else if (condition instanceof Condition.FlowFact fact) {
            changing = true;
            firstFrame |= certain && isFirst(fact);
        } else {
            frame |= condition instanceof Condition.PacketFact || condition instanceof Condition.TcpFlags
                || condition instanceof Condition.Fragment || condition instanceof Condition.IpOption;
        }
    }

    /** True if it holds for all frames of a direction or for none, as what the header asks. */
    private static boolean isOfAddresses(final Condition condition) {
        return condition instanceof Condition.Reputation
            || condition instanceof Condition.Not not && not.condition() instanceof Condition.Reputation;
    }

    private static boolean isFirst(final Condition.FlowFact fact) {
        return NumberSet.of(1).equals(fact.numbers()) && fact.number() == FlowNumber.FRAMES;
    }

    private void add(final Condition.BufferCondition condition) {
        add(condition.buffer());
        if (condition.buffer().level() == Buffer.Level.PAYLOAD) {
            for (final Step step : condition.steps()) {
                places |= step instanceof Step.Content content
                    && (content.offset() != null || content.depth() != null || content.startsWith());
            }
        }
    }

    private void add(final Buffer buffer) {
        switch (buffer.level()) {
            case PAYLOAD -> payload = true;
            case PACKET -> frame = true;
            case TRANSACTION -> {
                transaction = true;
                fields.addAll(buffer.fields());
                client |= buffer.side() == Buffer.Side.TO_SERVER;
                server |= buffer.side() == Buffer.Side.TO_CLIENT;
                either |= buffer.side() == Buffer.Side.EITHER;
            }
        }
    }
}
