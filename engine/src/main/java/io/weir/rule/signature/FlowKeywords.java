package io.weir.rule.signature;

import io.weir.protocol.Protocol;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Condition.Application.Layer;
import io.weir.rule.model.Condition.Direction;
import io.weir.rule.model.FlowNumber;
import io.weir.rule.model.NumberSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What is asked of the flow: direction and state, and its numbers. */
final class FlowKeywords {
    private static final Set<String> WORDS = Set.of("to_client", "to_server", "from_client", "from_server",
        "established", "not_established", "stateless", "only_stream", "no_stream", "only_frag", "no_frag");

    private static final Map<String, Layer> MODES = Map.of("direction", Layer.SIDE, "to_server", Layer.CLIENT,
        "to_client", Layer.SERVER, "either", Layer.EITHER, "final", Layer.LAST, "original", Layer.FIRST);

    private FlowKeywords() {
    }

    static void addTo(final KeywordTable table) {
        table.add("flow", "Direction and state of the flow.", FlowKeywords::flow);
        number(table, "flow.age", FlowNumber.AGE, "Seconds since the flow's first frame.");
        number(table, "flow.pkts_toserver", FlowNumber.FRAMES_TO_SERVER, "Packets of the client.");
        number(table, "flow.pkts_toclient", FlowNumber.FRAMES_TO_CLIENT, "Packets of the server.");
        number(table, "flow.bytes_toserver", FlowNumber.BYTES_TO_SERVER, "Bytes of the client.");
        number(table, "flow.bytes_toclient", FlowNumber.BYTES_TO_CLIENT, "Bytes of the server.");
        table.add("flow.pkts", "Packets of a side, of either or of both.", (draft, option) -> sided(draft, option,
            FlowNumber.FRAMES_TO_SERVER, FlowNumber.FRAMES_TO_CLIENT, FlowNumber.FRAMES));
        table.add("flow.bytes", "Bytes of a side, of either or of both.", (draft, option) -> sided(draft, option,
            FlowNumber.BYTES_TO_SERVER, FlowNumber.BYTES_TO_CLIENT, FlowNumber.BYTES));
        table.add("stream_size", "Sequence numbers that a side, either or both have used, a SYN included.",
            FlowKeywords::streamSize);
        table.add("app-layer-protocol", "What the flow was recognised as, original at first and final by now, or what "
            + "one side speaks.", FlowKeywords::application);
    }

    private static void number(final KeywordTable table, final String name, final FlowNumber number,
        final String sentence) {
        table.add(name, sentence, (draft, option) ->
            draft.conditions.add(new Condition.FlowFact(number, Numbers.set(option.need()))));
    }

    private static void flow(final Draft draft, final Option option) throws RejectedException {
        Boolean established = null;
        boolean stateless = false;
        Boolean stream = null;
        Boolean fragment = null;
        for (final String part : option.parts()) {
            final String word = part.toLowerCase(Locale.ROOT);
            switch (word) {
                case "to_client", "from_server" -> direct(draft, Direction.TO_CLIENT);
                case "to_server", "from_client" -> direct(draft, Direction.TO_SERVER);
                case "established" -> established = once(established, true, word);
                case "not_established" -> established = once(established, false, word);
                case "stateless" -> stateless = true;
                case "only_stream" -> stream = once(stream, true, word);
                case "no_stream" -> stream = once(stream, false, word);
                case "only_frag" -> fragment = once(fragment, true, word);
                case "no_frag" -> fragment = once(fragment, false, word);
                default -> throw RejectedException.unknown("flow has no word " + Option.shown(word), word, WORDS);
            }
        }
        if (stateless && established != null) {
            throw RejectedException.error("a flow is asked for its state, or not: stateless goes with neither "
                + "established nor not_established");
        }
        draft.conditions.add(new Condition.FlowState(established, draft.direction, stateless, stream, fragment));
    }

    private static void direct(final Draft draft, final Direction direction) throws RejectedException {
        if (draft.direction != null && draft.direction != direction) {
            throw RejectedException.error("a rule looks to the server or to the client, not to both");
        }
        draft.direction = direction;
    }

    private static Boolean once(final Boolean before, final boolean now, final String word)
        throws RejectedException {
        if (before != null && before != now) {
            throw RejectedException.error(word + " contradicts a word before it");
        }
        return now;
    }

    /** {@code SIDE,NUMBER}. */
    private static void sided(final Draft draft, final Option option, final FlowNumber server,
        final FlowNumber client, final FlowNumber both) throws RejectedException {
        final List<String> parts = option.parts(2);
        if (parts.size() < 2) {
            throw RejectedException.error(option.name() + " needs a side and a number: toserver,>100");
        }
        add(draft, parts.get(0), Numbers.set(parts.get(1)), server, client, both);
    }

    /** {@code SIDE,OPERATOR,NUMBER}. */
    private static void streamSize(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts(3);
        if (parts.size() < 3) {
            throw RejectedException.error("stream_size needs a side, an operator and a number: server,>,100");
        }
        add(draft, parts.get(0), withoutSyn(Numbers.set(parts.get(1) + parts.get(2))), FlowNumber.STREAM_TO_SERVER,
            FlowNumber.STREAM_TO_CLIENT, FlowNumber.STREAM);
    }

    /** Suricata counts sequence numbers, of which a SYN takes one, and weir bytes of the stream. */
    private static NumberSet withoutSyn(final NumberSet numbers) {
        final List<NumberSet.Range> ranges = new ArrayList<>();
        for (final NumberSet.Range range : numbers.ranges()) {
            ranges.add(new NumberSet.Range(range.min() - 1,
                range.max() == Long.MAX_VALUE ? Long.MAX_VALUE : range.max() - 1));
        }
        return new NumberSet(ranges, numbers.negated());
    }

    /** A stream's side is its sender: what the server sends goes to the client. */
    private static void add(final Draft draft, final String side, final NumberSet numbers, final FlowNumber server,
        final FlowNumber client, final FlowNumber both) throws RejectedException {
        switch (side.toLowerCase(Locale.ROOT)) {
            case "toserver", "client" -> draft.conditions.add(new Condition.FlowFact(server, numbers));
            case "toclient", "server" -> draft.conditions.add(new Condition.FlowFact(client, numbers));
            case "either" -> draft.conditions.add(new Condition.Any(List.of(new Condition.FlowFact(server, numbers),
                new Condition.FlowFact(client, numbers))));
            case "both" -> draft.conditions.add(both == FlowNumber.STREAM
                ? new Condition.All(List.of(new Condition.FlowFact(server, numbers),
                    new Condition.FlowFact(client, numbers)))
                : new Condition.FlowFact(both, numbers));
            default -> throw RejectedException.unknown("a side is toserver, toclient, either or both, not "
                + Option.shown(side), side, Set.of("toserver", "toclient", "client", "server", "either", "both"));
        }
    }

    /** {@code [!]PROTOCOL[|PROTOCOL...][,MODE][,exact]}. */
    private static void application(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts();
        boolean exact = false;
        Layer layer = Layer.SIDE;
        for (final String part : parts.subList(1, parts.size())) {
            if ("exact".equals(part)) {
                exact = true;
            } else {
                layer = MODES.get(part);
                if (layer == null) {
                    throw RejectedException.unknown("app-layer-protocol has no mode " + Option.shown(part), part,
                        MODES.keySet());
                }
            }
        }
        final boolean negated = parts.get(0).startsWith("!");
        final List<Protocol> protocols = new ArrayList<>();
        final List<Condition> any = new ArrayList<>();
        for (final String name : parts.get(0).substring(negated ? 1 : 0).strip().split("\\|", -1)) {
            if ("failed".equals(name) || "unknown".equals(name) && !negated) {
                any.add(new Condition.Unrecognised("unknown".equals(name)));
            } else if ("unknown".equals(name)) {
                throw RejectedException.error("app-layer-protocol: unknown is not negated");
            } else {
                protocols.addAll(applications(name, exact));
            }
        }
        if (negated) {
            // what is not known yet is not something else
            draft.conditions.add(new Condition.Application(protocols, true, layer));
            any.forEach(condition -> draft.conditions.add(new Condition.Not(condition)));
            return;
        }
        if (!protocols.isEmpty()) {
            any.add(new Condition.Application(protocols, false, layer));
        }
        draft.conditions.add(any.size() == 1 ? any.get(0) : new Condition.Any(any));
    }

    private static List<Protocol> applications(final String name, final boolean exact) throws RejectedException {
        final List<Protocol> found = TrafficWords.applications(name);
        final List<Protocol> same = found.stream().filter(protocol -> protocol.name().equals(name)).toList();
        return exact && !same.isEmpty() ? same : found;
    }
}
