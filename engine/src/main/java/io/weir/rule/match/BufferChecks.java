package io.weir.rule.match;

import io.weir.flow.FlowProtocol;
import io.weir.packet.Frame;
import io.weir.packet.LayerType;
import io.weir.protocol.Field;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.NumberSet;

/** Checks of the bytes of buffers, and of fields of transactions. */
final class BufferChecks {
    private static final int ETHERNET_HEADER = 14;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;

    private BufferChecks() {
    }

    private static int sides(final Buffer.Side side) {
        return switch (side) {
            case TO_SERVER -> TransactionFields.BY_CLIENT;
            case TO_CLIENT -> TransactionFields.BY_SERVER;
            case EITHER -> TransactionFields.BY_CLIENT | TransactionFields.BY_SERVER;
        };
    }

    /** One value of the fields must answer all steps. */
    static final class OfTransaction extends Check {
        private final Field[] fields;
        private final int sides;
        private final Transforms transforms;
        private final StepCode steps;

        OfTransaction(final Condition.BufferCondition condition, final Transforms transforms, final StepCode steps) {
            super(condition);
            fields = condition.buffer().fields().toArray(new Field[0]);
            sides = sides(condition.buffer().side());
            this.transforms = transforms;
            this.steps = steps;
        }

        @Override
        public boolean holds(final Subject subject) {
            final TransactionFields told = subject.fields;
            for (int i = 0; i < told.count(); i++) {
                if ((told.sides(i) & sides) == 0 || !isOne(told.field(i))) {
                    continue;
                }
                final Input value = told.wrap(i, subject.buffer);
                if (steps.matches(subject.matching, transforms.apply(value, subject.scratch, subject.matching))) {
                    return true;
                }
            }
            return false;
        }

        private boolean isOne(final Field told) {
            for (final Field field : fields) {
                if (field.id() == told.id()) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The payload must answer all steps. */
    static final class OfPayload extends Check {
        private final Transforms transforms;
        private final StepCode steps;

        OfPayload(final Condition.BufferCondition condition, final Transforms transforms, final StepCode steps) {
            super(condition);
            this.transforms = transforms;
            this.steps = steps;
        }

        @Override
        public boolean holds(final Subject subject) {
            return subject.payload.length() > 0 && steps.matches(subject.matching,
                transforms.apply(subject.payload, subject.scratch, subject.matching));
        }
    }

    /** A part of the frame must answer all steps. */
    static final class OfPacket extends Check {
        private final Buffer.Part part;
        private final Transforms transforms;
        private final StepCode steps;

        OfPacket(final Condition.BufferCondition condition, final Transforms transforms, final StepCode steps) {
            super(condition);
            part = condition.buffer().part();
            this.transforms = transforms;
            this.steps = steps;
        }

        @Override
        public boolean holds(final Subject subject) {
            final Frame frame = subject.frame;
            if (frame == null || !wrap(frame, subject.buffer)) {
                return false;
            }
            return steps.matches(subject.matching,
                transforms.apply(subject.buffer, subject.scratch, subject.matching));
        }

        private boolean wrap(final Frame frame, final Input view) {
            return switch (part) {
                case ETHERNET -> frame.layerCount > 0
                    && frame.layer(0) >>> 24 == LayerType.ETHERNET.ordinal()
                    && part(frame, frame.layer(0) & 0xff_ffff, ETHERNET_HEADER, view);
                case IPV4 -> frame.ipVersion == 4 && part(frame, frame.ipOffset,
                    (int) (Math.max(0, PacketFacts.u8(frame, frame.ipOffset)) & 0xf) * 4, view);
                case IPV6 -> frame.ipVersion == 6 && part(frame, frame.ipOffset,
                    Math.max(IPV6_HEADER, frame.transportOffset - frame.ipOffset), view);
                case TCP -> PacketFacts.isTcp(frame)
                    && part(frame, frame.transportOffset, frame.payloadOffset - frame.transportOffset, view);
                case UDP -> PacketFacts.isFirst(frame, FlowProtocol.IP_UDP)
                    && part(frame, frame.transportOffset, UDP_HEADER, view);
                case ICMPV4 -> frame.ipVersion == 4 && PacketFacts.isFirst(frame, 1) && message(frame, view);
                case ICMPV6 -> frame.ipVersion == 6 && PacketFacts.isFirst(frame, 58) && message(frame, view);
                case SOURCE_ADDRESS, DESTINATION_ADDRESS ->
                    frame.ipVersion != 0 && address(frame, part == Buffer.Part.SOURCE_ADDRESS, view);
                case PAYLOAD -> frame.ipVersion != 0 && part(frame, frame.payloadOffset, frame.payloadLength, view);
            };
        }

        private static boolean address(final Frame frame, final boolean source, final Input view) {
            if (frame.ipVersion == 4) {
                return part(frame, frame.ipOffset + (source ? 12 : 16), 4, view);
            }
            return part(frame, frame.ipOffset + (source ? 8 : 24), 16, view);
        }

        private static boolean message(final Frame frame, final Input view) {
            return part(frame, frame.transportOffset,
                frame.payloadOffset - frame.transportOffset + frame.payloadLength, view);
        }

        private static boolean part(final Frame frame, final int offset, final int length, final Input view) {
            if (offset < 0 || length <= 0 || offset + length > frame.capturedLength) {
                return false;
            }
            view.wrap(frame.address + offset, length);
            return true;
        }
    }

    /** The transaction has no such field, or something else holds of it. */
    static final class Absent extends Check {
        private final Check orElse;
        private final FieldCount none;

        Absent(final Condition.Absent condition, final Check orElse) {
            super(condition);
            this.orElse = orElse;
            none = new FieldCount(condition, condition.buffer(), NumberSet.of(0));
        }

        @Override
        public boolean holds(final Subject subject) {
            return none.holds(subject) || orElse != null && orElse.holds(subject);
        }
    }

    /** How many values of fields there are. */
    static final class FieldCount extends Check {
        private final Field[] fields;
        private final int sides;
        private final NumberSet counts;

        FieldCount(final Condition condition, final Buffer buffer, final NumberSet counts) {
            super(condition);
            fields = buffer.fields().toArray(new Field[0]);
            sides = sides(buffer.side());
            this.counts = counts;
        }

        @Override
        public boolean holds(final Subject subject) {
            final TransactionFields told = subject.fields;
            int found = 0;
            for (int i = 0; i < told.count(); i++) {
                for (final Field field : fields) {
                    found += field.id() == told.field(i).id() && (told.sides(i) & sides) != 0 ? 1 : 0;
                }
            }
            return counts.contains(found);
        }
    }

    /** A field that is a number. */
    static final class FieldNumber extends Check {
        private final Field field;
        private final int sides;
        private final NumberSet numbers;

        FieldNumber(final Condition.FieldNumber condition) {
            super(condition);
            field = condition.field();
            sides = sides(condition.side());
            numbers = condition.numbers();
        }

        @Override
        public boolean holds(final Subject subject) {
            final TransactionFields told = subject.fields;
            for (int i = 0; i < told.count(); i++) {
                if (told.field(i).id() == field.id() && (told.sides(i) & sides) != 0
                    && told.wrap(i, subject.buffer).isNumber() && numbers.contains(told.number(i))) {
                    return true;
                }
            }
            return false;
        }
    }
}
