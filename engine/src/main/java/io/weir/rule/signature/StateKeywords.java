package io.weir.rule.signature;

import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.AcrossFlows.HostBit;
import io.weir.rule.model.AcrossFlows.Key.Part;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Effect;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** State that rules ask and change: bits, counters, thresholds, tags. */
final class StateKeywords {
    private static final long HOST_EXPIRE = 300;
    private static final long TAGGED_PACKETS = 256;
    private static final long DEFAULT_EXPIRE = 30;
    private static final Map<String, Part> TRACKS = Map.of("by_src", Part.SOURCE, "by_dst", Part.DESTINATION,
        "by_both", Part.BOTH, "by_rule", Part.RULE, "by_flow", Part.FLOW);
    private static final Map<String, Part> PORTS =
        Map.of("src_port", Part.SOURCE_PORT, "dst_port", Part.DESTINATION_PORT);
    /** Numbers of TCP, UDP and SCTP. */
    private static final Set<Integer> HAVE_PORTS = Set.of(6, 17, 132);
    private static final Map<String, Part> HOSTS = Map.of("ip_src", Part.SOURCE, "ip_dst", Part.DESTINATION,
        "ip_pair", Part.BOTH, "src", Part.SOURCE, "dst", Part.DESTINATION, "both", Part.BOTH);
    private static final Map<String, HostBit.Command> COMMANDS = Map.of("set", HostBit.Command.SET,
        "unset", HostBit.Command.UNSET, "toggle", HostBit.Command.TOGGLE, "isset", HostBit.Command.IS_SET,
        "isnotset", HostBit.Command.IS_NOT_SET);

    private static final Map<String, Boolean> SIDES = Map.of("src", true, "dst", false);

    private StateKeywords() {
    }

    static void addTo(final KeywordTable table) {
        table.add("flowbits", "Bits of the flow.", StateKeywords::flowBits);
        table.add("flowint", "Counters of the flow.", StateKeywords::flowInt);
        table.add("xbits", "Bits of hosts, pairs of hosts and transactions.", StateKeywords::xBits);
        table.add("hostbits", "Bits of hosts.", StateKeywords::hostBits);
        table.add("threshold", "Limits alerts: limit, threshold, both, or backoff; without seconds until an hour is "
            + "without matches.", (draft, option) ->
            draft.acrossFlows.add(threshold(option.value() == null ? "" : option.value())));
        table.add("detection_filter", "Alerts from the count behind this one on.", StateKeywords::detectionFilter);
        table.add("tag", "Writes the packets that follow, of the flow or of the source or destination host in all of "
            + "its flows.", StateKeywords::tag);
        table.add("noalert", "No alert, only the rule's effects.", (draft, option) -> {
            option.needNone();
            draft.noAlert = true;
        });
        table.add("alert", "An alert, as rules make without it.", (draft, option) -> option.needNone());
        table.add("bypass", "The flow is not inspected any more.", (draft, option) -> {
            option.needNone();
            draft.effects.add(new Effect.StopInspecting());
        });
    }

    /** Says of a rule that is decided across flows and changes its flow that the one does not wait for the other. */
    static void note(final Draft draft) {
        final boolean asks = draft.acrossFlows.stream().anyMatch(part -> part instanceof HostBit bit
            && (bit.command() == HostBit.Command.IS_SET || bit.command() == HostBit.Command.IS_NOT_SET));
        final boolean counts = draft.acrossFlows.stream().anyMatch(part -> !(part instanceof HostBit));
        if (counts && draft.effects.stream().anyMatch(effect -> effect instanceof Effect.Tag)) {
            draft.note("tag", RejectedException.error("packets are tagged behind each match, whether or not it becomes "
                + "an alert"));
        }
        if (asks && !draft.effects.isEmpty()) {
            draft.note("xbits", RejectedException.error("what the rule does to its flow it does whether or not the bit "
                + "of the host is as it asks"));
        }
    }

    private static void flowBits(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts(2);
        final String command = parts.get(0).toLowerCase(Locale.ROOT);
        if ("noalert".equals(command)) {
            draft.noAlert = true;
            return;
        }
        if (parts.size() < 2 || parts.get(1).isEmpty()) {
            throw RejectedException.error("flowbits needs a command and a name: flowbits:set,name");
        }
        final Set<String> names = names(parts.get(1));
        switch (command) {
            case "set" -> draft.effects.add(new Effect.FlowBits(names, Effect.Change.SET));
            case "unset" -> draft.effects.add(new Effect.FlowBits(names, Effect.Change.UNSET));
            case "toggle" -> draft.effects.add(new Effect.FlowBits(names, Effect.Change.TOGGLE));
            case "isset" -> draft.conditions.add(new Condition.FlowBit(names, false));
            case "isnotset" -> draft.conditions.add(oneNotSet(names));
            default -> throw RejectedException.unknown("flowbits has no command " + Option.shown(command), command,
                List.of("set", "unset", "toggle", "isset", "isnotset", "noalert"));
        }
    }

    /** As Suricata has it, one of several that is not set is enough. */
    private static Condition oneNotSet(final Set<String> names) {
        final List<Condition> each = new ArrayList<>();
        names.forEach(name -> each.add(new Condition.FlowBit(Set.of(name), true)));
        return each.size() == 1 ? each.get(0) : new Condition.Any(each);
    }

    private static Set<String> names(final String text) throws RejectedException {
        final Set<String> names = new LinkedHashSet<>();
        for (final String name : text.split("\\|", -1)) {
            if (name.isBlank()) {
                throw RejectedException.error("a name is missing in " + Option.shown(text));
            }
            names.add(name.strip());
        }
        return names;
    }

    private static void flowInt(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts(3);
        final String word = parts.size() < 2 ? "" : parts.get(1).toLowerCase(Locale.ROOT);
        final String name = parts.get(0);
        if ("isset".equals(word) || "notset".equals(word) || "isnotset".equals(word)) {
            draft.conditions.add(new Condition.FlowInt(name, null, !"isset".equals(word)));
            return;
        }
        if (parts.size() < 3 || name.isEmpty()) {
            throw RejectedException.error("flowint needs a name, an operator and a number: flowint:name,+,1");
        }
        final String operand = parts.get(2);
        final boolean named = !operand.isEmpty() && Character.isLetter(operand.charAt(0));
        if ("+-=".contains(word) && word.length() == 1) {
            draft.effects.add(new Effect.FlowInt(name, word.charAt(0),
                named ? Value.of(operand) : Value.of(Numbers.number(operand, 0, 0xffff_ffffL))));
            return;
        }
        if (!Set.of("==", "!=", "<", "<=", ">", ">=").contains(word)) {
            throw RejectedException.error("flowint has no operator " + Option.shown(word));
        }
        draft.conditions.add(named
            ? new Condition.FlowIntDifference(name, operand, difference(word))
            : new Condition.FlowInt(name, Numbers.compare("==".equals(word) ? "=" : word,
                Numbers.number(operand, 0, 0xffff_ffffL)), false));
    }

    /** What one counter less another must be for the first to compare so with the second. */
    private static NumberSet difference(final String operator) {
        return switch (operator) {
            case "<" -> NumberSet.between(Long.MIN_VALUE, -1);
            case "<=" -> NumberSet.between(Long.MIN_VALUE, 0);
            case ">" -> NumberSet.between(1, Long.MAX_VALUE);
            case ">=" -> NumberSet.between(0, Long.MAX_VALUE);
            case "!=" -> NumberSet.of(0).not();
            default -> NumberSet.of(0);
        };
    }

    private static void xBits(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts();
        if ("noalert".equals(parts.get(0))) {
            draft.noAlert = true;
            return;
        }
        if (parts.size() < 3) {
            throw RejectedException.error("xbits needs a command, a name and a track: xbits:set,name,track ip_src");
        }
        final String track = word(parts, "track");
        final String expire = word(parts, "expire");
        if ("tx".equals(track)) {
            transactionBit(draft, parts, expire);
            return;
        }
        draft.acrossFlows.add(new HostBit(parts.get(1), find("track", track, HOSTS),
            find("command of xbits", parts.get(0), COMMANDS),
            expire == null ? DEFAULT_EXPIRE : Numbers.number(expire, 1, Integer.MAX_VALUE)));
    }

    private static void transactionBit(final Draft draft, final List<String> parts, final String expire)
        throws RejectedException {
        if (draft.traffic != null && draft.traffic.applications().isEmpty()) {
            throw RejectedException.error("only rules about a protocol of applications have a transaction; write for "
                + "example alert http");
        }
        if (expire != null) {
            throw RejectedException.error("bits of a transaction end with it; leave expire out");
        }
        final String name = parts.get(1);
        switch (find("command of xbits", parts.get(0), COMMANDS)) {
            case SET -> draft.effects.add(new Effect.TransactionBit(name, Effect.Change.SET));
            case UNSET -> draft.effects.add(new Effect.TransactionBit(name, Effect.Change.UNSET));
            case TOGGLE -> draft.effects.add(new Effect.TransactionBit(name, Effect.Change.TOGGLE));
            case IS_SET -> draft.conditions.add(new Condition.TransactionBit(name, false));
            case IS_NOT_SET -> draft.conditions.add(new Condition.TransactionBit(name, true));
        }
    }

    private static void hostBits(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts();
        if ("noalert".equals(parts.get(0))) {
            draft.noAlert = true;
            return;
        }
        final HostBit.Command command = find("command of hostbits", parts.get(0), COMMANDS);
        if (parts.size() < 2) {
            throw RejectedException.error("hostbits needs a command and a name: hostbits:set,name");
        }
        draft.acrossFlows.add(new HostBit(parts.get(1),
            parts.size() < 3 ? Part.SOURCE : find("side", parts.get(2), HOSTS), command,
            parts.size() < 4 ? HOST_EXPIRE : Numbers.number(parts.get(3), 1, Integer.MAX_VALUE)));
    }

    /** Reads {@code type limit, track by_src, count 1, seconds 60}. */
    static AcrossFlows threshold(final String text) throws RejectedException {
        final List<String> parts = List.of(text.split("\\s*,\\s*"));
        final String type = word(parts, "type");
        final Part track = find("track", word(parts, "track"), TRACKS);
        if ("backoff".equals(type)) {
            return new AcrossFlows.Backoff(track, count(parts, "count"), count(parts, "multiplier"));
        }
        return new AcrossFlows.Threshold(find("type of threshold", type, Map.of(
            "limit", AcrossFlows.Threshold.Type.LIMIT, "threshold", AcrossFlows.Threshold.Type.THRESHOLD,
            "both", AcrossFlows.Threshold.Type.BOTH)), track, count(parts, "count"),
            word(parts, "seconds") == null ? 0 : count(parts, "seconds"));
    }

    private static void detectionFilter(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts();
        final String unique = word(parts, "unique_on");
        final Part distinct = unique == null ? null : find("port", unique, PORTS);
        if (distinct != null && !HAVE_PORTS.containsAll(draft.traffic.ipProtocols())
            || distinct != null && draft.traffic.ipProtocols().isEmpty()) {
            throw RejectedException.error("ports are those of TCP, UDP or SCTP, which the rule does not ask");
        }
        draft.acrossFlows.add(new AcrossFlows.DetectionFilter(find("track", word(parts, "track"), TRACKS), distinct,
            count(parts, "count"), count(parts, "seconds")));
    }

    private static long count(final List<String> parts, final String name) throws RejectedException {
        final String text = word(parts, name);
        if (text == null) {
            throw RejectedException.error(name + " is missing");
        }
        return Numbers.number(text, 1, Integer.MAX_VALUE);
    }

    /** What stands behind a word and a space in one of the parts, or null. */
    private static String word(final List<String> parts, final String name) {
        for (final String part : parts) {
            final String[] words = part.strip().split("\\s+", 2);
            if (words.length == 2 && words[0].equalsIgnoreCase(name)) {
                return words[1].strip().toLowerCase(Locale.ROOT);
            }
        }
        return null;
    }

    private static <T> T find(final String what, final String name, final Map<String, T> all)
        throws RejectedException {
        final T found = name == null ? null : all.get(name.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw RejectedException.unknown(name == null ? "the " + what + " is missing"
                : "there is no " + what + " " + Option.shown(name), name == null ? "" : name, all.keySet());
        }
        return found;
    }

    private static void tag(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = new ArrayList<>(option.parts());
        final boolean host = find("scope of tag", parts.get(0), Map.of("session", false, "host", true));
        final boolean sided = parts.size() == 4 || parts.size() == 2 && SIDES.containsKey(parts.get(1));
        final boolean source = sided && find("side", parts.remove(parts.size() - 1), SIDES);
        final long count = parts.size() < 2 ? TAGGED_PACKETS : Numbers.number(parts.get(1), 1, Integer.MAX_VALUE);
        final Effect.Tag.Unit unit = parts.size() < 3 ? Effect.Tag.Unit.PACKETS
            : find("unit", parts.get(2), Map.of("packets", Effect.Tag.Unit.PACKETS, "bytes", Effect.Tag.Unit.BYTES,
                "seconds", Effect.Tag.Unit.SECONDS));
        draft.effects.add(new Effect.Tag(host, source, count, unit));
    }
}
