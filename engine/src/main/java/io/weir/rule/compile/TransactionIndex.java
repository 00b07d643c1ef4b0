package io.weir.rule.compile;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;
import io.weir.protocol.Transaction;
import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.file.Files;
import io.weir.protocol.http.Http;
import io.weir.rule.match.Expressions;
import io.weir.rule.match.TransactionFields;
import io.weir.rule.match.Transforms;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rules that are asked of transactions, by stage and by what makes them candidates. Immutable. */
public final class TransactionIndex {
    /** Stage of rules about what the client tells. */
    public static final int CLIENT = 1;
    /** Stage of rules about what the server tells. */
    public static final int SERVER = 2;
    /** Stage of rules about both. */
    public static final int BOTH = 3;
    /** Stage of rules that are asked once all is told. */
    public static final int CLOSED = 4;
    /** One more than the highest stage. */
    public static final int STAGES = 5;

    private final BitSet wanted;
    private final Field[] byId;
    private final BufferGroup[][] ofField;
    private final int[][] always;
    private final int[][][] ofProtocol;
    private final BitSet stages;
    /** For each protocol the stages at which rules may be asked of its records: a bit for each. */
    private final int[] stagesOf;
    /** For each protocol the kind of record that this holds for; null for those of which all stages are asked. */
    private final RecordType[] recordOf;
    /** All stages at which rules are asked. */
    private final int allStages;
    private final BitSet ungated;
    private final TargetLengths[] targets;

    private TransactionIndex(final BitSet wanted, final Field[] byId, final BufferGroup[][] ofField,
        final int[][] always, final int[][][] ofProtocol, final BitSet stages,
        final int[] stagesOf, final BitSet ungated, final TargetLengths[] targets) {
        this.wanted = wanted;
        this.byId = byId;
        this.ofField = ofField;
        this.always = always;
        this.ofProtocol = ofProtocol;
        this.stages = stages;
        this.stagesOf = stagesOf;
        recordOf = new RecordType[stagesOf.length];
        ofOwnFields().forEach(protocol -> recordOf[protocol.id()] = protocol.records().get(0));
        allStages = stagesOf[0];
        this.ungated = ungated;
        this.targets = targets;
    }

    private static List<Protocol> ofOwnFields() {
        return Protocols.all().stream().filter(Protocol::isOfOwnFields).toList();
    }

    /** One way of looking at some fields, and the rules that do so. */
    public static final class BufferGroup {
        private final int sides;
        private final Transforms transforms;
        private final boolean changes;
        private final PatternGroup[] stages = new PatternGroup[STAGES];
        private final PatternGroup[] gated = new PatternGroup[STAGES];

        BufferGroup(final int sides, final Transforms transforms, final boolean hasOtherText) {
            this.sides = sides;
            this.transforms = transforms;
            changes = hasOtherText || !transforms.isNone();
        }

        /** Whose values are looked at. */
        public int sides() {
            return sides;
        }

        /** What is done to a value first. */
        public Transforms transforms() {
            return transforms;
        }

        /** True if rules look at something else than the bytes that a record has of a value. */
        public boolean changes() {
            return changes;
        }

        /** The rules of a stage, or null; its {@code always} are asked if there is a value. */
        public PatternGroup stage(final int stage) {
            return stages[stage];
        }

        /** The same of rules that need not be asked of messages that are passed over. */
        public PatternGroup gated(final int stage) {
            return gated[stage];
        }
    }

    /** Numbers of the fields that rules ask for; not to be changed. */
    public BitSet wanted() {
        return wanted;
    }

    /** Fields that rules ask for by their numbers, null for others; not to be changed. */
    public Field[] fieldsById() {
        return byId;
    }

    /** True if rules are asked at any stage. */
    boolean hasRules() {
        return !stages.isEmpty();
    }

    /** The stages at which rules may be asked of records of a protocol: a bit for each. */
    public int stages(final Protocol protocol, final RecordType type) {
        return recordOf[protocol.id()] == type ? stagesOf[protocol.id()] : allStages;
    }

    /** True if rules are asked at a stage of messages that are passed over. */
    public boolean hasUngated(final int stage) {
        return ungated.get(stage);
    }

    /**
     * True if rules are asked at a stage of messages that are passed over, and one of them may match a transaction, as
     * far as the length of its target says that.
     *
     * @param view for the target; of the caller's thread
     */
    public boolean hasUngated(final int stage, final Transaction transaction, final Bytes view) {
        return ungated.get(stage) && targets[stage].accept(transaction, view);
    }

    /** Ways of looking at a field, or null; not to be changed. */
    public BufferGroup[] of(final Field field) {
        return ofField[field.id()];
    }

    /** The same, by the number of the field. */
    public BufferGroup[] of(final int field) {
        return ofField[field];
    }

    /** True if nothing makes rules candidates of some stages, a bit for each, that are about a protocol or any. */
    public boolean asksAlways(final int due, final Protocol protocol) {
        for (int left = due; left != 0; left &= left - 1) {
            final int stage = Integer.numberOfTrailingZeros(left);
            final int[] ofOne = ofProtocol[stage][protocol.id()];
            if (always[stage].length > 0 || ofOne != null && ofOne.length > 0) {
                return true;
            }
        }
        return false;
    }

    /** Rules of a stage that nothing makes candidates, for any protocol; not to be changed. */
    public int[] always(final int stage) {
        return always[stage];
    }

    /** The same of rules for one protocol, or null. */
    public int[] always(final int stage, final Protocol protocol) {
        return ofProtocol[stage][protocol.id()];
    }

    /** Gathers rules; one thread. */
    static final class Builder {
        private record View(List<Integer> fields, Buffer.Side side, List<Transform> transforms, List<Field> named) {
            @Override
            public boolean equals(final Object other) {
                return other instanceof View view && fields.equals(view.fields) && side == view.side
                    && transforms.equals(view.transforms);
            }

            @Override
            public int hashCode() {
                return fields.hashCode() * 31 + transforms.hashCode() + side.hashCode();
            }
        }

        private final BitSet wanted = new BitSet();
        private final BitSet stages = new BitSet();
        private final BitSet ungated = new BitSet();
        private final BitSet ofOthers = ofOthers();
        private final TargetLengths[] targets =
            Stream.generate(TargetLengths::new).limit(STAGES).toArray(TargetLengths[]::new);
        private final Field[] byId = new Field[Protocols.fields().size()];
        private final Map<View, List<List<PatternGroups.Entry>>> views = new LinkedHashMap<>();
        private final List<List<Integer>> always = lists();
        private final Map<Integer, List<List<Integer>>> ofProtocol = new LinkedHashMap<>();

        private static List<List<Integer>> lists() {
            final List<List<Integer>> lists = new ArrayList<>();
            for (int i = 0; i < STAGES; i++) {
                lists.add(new ArrayList<>());
            }
            return lists;
        }

        /** Says that rules ask for fields. */
        void want(final List<Field> fields) {
            for (final Field field : fields) {
                wanted.set(field.id());
                byId[field.id()] = field;
            }
        }

        /**
         * Adds a rule, in ascending order.
         *
         * @param triggers null for always
         * @param gated    true if it need not be asked of messages that are passed over
         * @param lengths  what it asks of the length of a request's target, or null
         */
        void add(final int rule, final int stage, final List<Trigger> triggers, final List<Protocol> protocols,
            final boolean gated, final NumberSet lengths) {
            stages.set(stage);
            if (!gated && mayBeOfMessages(triggers)) {
                ungated.set(stage);
                targets[stage].add(lengths);
            }
            if (triggers != null) {
                final Map<View, List<Trigger>> byView = new LinkedHashMap<>();
                for (final Trigger trigger : triggers) {
                    byView.computeIfAbsent(view(trigger), key -> new ArrayList<>()).add(trigger);
                }
                byView.forEach((view, of) -> views.computeIfAbsent(view, key -> entries())
                    .get(gated ? STAGES + stage : stage).add(new PatternGroups.Entry(rule, of)));
            } else if (protocols.isEmpty()) {
                always.get(stage).add(rule);
            } else {
                for (final Protocol protocol : protocols) {
                    ofProtocol.computeIfAbsent(protocol.id(), key -> lists()).get(stage).add(rule);
                }
            }
        }

        /** False if none of its triggers can be in a message of HTTP: no others are passed over. */
        private boolean mayBeOfMessages(final List<Trigger> triggers) {
            return triggers == null || triggers.stream().flatMap(trigger -> trigger.buffer().fields().stream())
                .anyMatch(field -> !ofOthers.get(field.id()));
        }

        /** Numbers of the fields that messages of HTTP do not have. */
        private static BitSet ofOthers() {
            final BitSet numbers = new BitSet();
            numbers.set(0, Protocols.fields().size());
            for (final Protocol protocol : List.of(Http.PROTOCOL, Files.PROTOCOL)) {
                protocol.fields().forEach(field -> numbers.clear(field.id()));
            }
            return numbers;
        }

        private static List<List<PatternGroups.Entry>> entries() {
            final List<List<PatternGroups.Entry>> entries = new ArrayList<>();
            for (int i = 0; i < 2 * STAGES; i++) {
                entries.add(new ArrayList<>());
            }
            return entries;
        }

        private static View view(final Trigger trigger) {
            final Buffer buffer = trigger.buffer();
            return new View(buffer.fields().stream().map(Field::id).toList(), buffer.side(), trigger.transforms(),
                buffer.fields());
        }

        TransactionIndex build(final PatternGroups groups, final Expressions expressions) {
            final List<List<BufferGroup>> ofField = new ArrayList<>();
            for (int i = 0; i < byId.length; i++) {
                ofField.add(new ArrayList<>());
            }
            views.forEach((view, entries) -> {
                final BufferGroup group =
                    new BufferGroup(sides(view.side()), Transforms.of(view.transforms(), expressions),
                        view.named().stream().anyMatch(field -> TransactionFields.hasOtherText(field.type())));
                for (int stage = 0; stage < STAGES; stage++) {
                    group.stages[stage] = groups.of(entries.get(stage), true);
                    group.gated[stage] = groups.of(entries.get(STAGES + stage), true);
                }
                view.named().forEach(field -> ofField.get(field.id()).add(group));
            });
            final int[][][] byProtocol = new int[STAGES][Protocols.all().size() + 1][];
            for (int stage = 0; stage < STAGES; stage++) {
                final int at = stage;
                ofProtocol.forEach((protocol, lists) -> byProtocol[at][protocol] =
                    PatternGroups.array(lists.get(at)));
            }
            return new TransactionIndex(wanted, byId,
                ofField.stream().map(list -> list.isEmpty() ? null : list.toArray(new BufferGroup[0]))
                    .toArray(BufferGroup[][]::new),
                always.stream().map(PatternGroups::array).toArray(int[][]::new), byProtocol, stages,
                stagesOf(ofField), ungated, targets);
        }

        /** Of protocols whose records have only their own fields, what rules ask about these; first for the others. */
        private int[] stagesOf(final List<List<BufferGroup>> ofField) {
            int all = 0;
            int ofAny = 0;
            for (int stage = 1; stage < STAGES; stage++) {
                all |= stages.get(stage) ? 1 << stage : 0;
                ofAny |= always.get(stage).isEmpty() ? 0 : 1 << stage;
            }
            final int[] bits = new int[Protocols.all().size() + 1];
            Arrays.fill(bits, all);
            for (final Protocol protocol : ofOwnFields()) {
                int own = ofAny;
                for (int stage = 1; stage < STAGES; stage++) {
                    own |= asks(ofField, protocol, stage) ? 1 << stage : 0;
                }
                bits[protocol.id()] = own;
            }
            return bits;
        }

        private boolean asks(final List<List<BufferGroup>> ofField, final Protocol protocol, final int stage) {
            final List<List<Integer>> rules = ofProtocol.get(protocol.id());
            return rules != null && !rules.get(stage).isEmpty()
                || protocol.fields().stream().flatMap(field -> ofField.get(field.id()).stream())
                .anyMatch(group -> group.stages[stage] != null || group.gated[stage] != null);
        }

        private static int sides(final Buffer.Side side) {
            return switch (side) {
                case TO_SERVER -> TransactionFields.BY_CLIENT;
                case TO_CLIENT -> TransactionFields.BY_SERVER;
                case EITHER -> TransactionFields.BY_CLIENT | TransactionFields.BY_SERVER;
            };
        }
    }
}
