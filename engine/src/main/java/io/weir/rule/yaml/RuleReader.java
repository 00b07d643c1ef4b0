package io.weir.rule.yaml;

import io.weir.protocol.Protocol;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Action;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Effect;
import io.weir.rule.model.Endpoint;
import io.weir.rule.model.Header;
import io.weir.rule.model.Metadata;
import io.weir.rule.model.Origin;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleId;
import io.weir.rule.model.Traffic;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one rule. */
final class RuleReader {
    static final List<String> ACTIONS = List.of("alert", "pass", "silent");
    static final String MITRE = "(TA[0-9]{4}|T[0-9]{4}(\\.[0-9]{3})?)";
    static final String REFERENCE = "https?://\\S+";
    private static final long MAX_ID = (1L << 32) - 1;
    private static final int MAX_TEXT = 4_096;

    /** What a rule's keys say. */
    record Read(Rule rule, boolean isLoaded) {
    }

    private final Faults faults;
    private final Numbers numbers;
    private final Conditions conditions;
    private final States states;
    private final Contradictions contradictions;
    private final LocalDate today;

    RuleReader(final Faults faults, final Numbers numbers, final Conditions conditions, final LocalDate today) {
        this.faults = faults;
        this.numbers = numbers;
        this.conditions = conditions;
        this.today = today;
        states = new States(faults, numbers);
        contradictions = new Contradictions(faults);
    }

    /** Reads a rule; the rule is null if something of it was told to be wrong. */
    Read read(final Document document, final Node node) {
        final int before = faults.count();
        final Map<String, Node> keys = Members.of(node, "a rule", Vocabulary.RULE_KEYS, faults);
        if (!(node instanceof MappingNode)) {
            return new Read(null, true);
        }
        final Long id = id(keys, node);
        final Action action = action(keys, node);
        final boolean loaded = isLoaded(keys);
        if (!keys.containsKey("when")) {
            faults.add(node, "when", "the rule needs 'when': what must hold for it to match");
            return new Read(null, loaded);
        }
        final Node when = keys.get("when");
        final Condition condition = conditions.read(when);
        final Header header = header(when, condition);
        if (faults.count() == before) {
            contradictions.tell(when, condition, conditions.transport(when));
        }
        final boolean asksTransactions = Logic.asksTransactions(condition);
        final List<AcrossFlows> across = states.acrossFlows(keys, asksTransactions);
        final List<Effect> effects = keys.containsKey("do") ? states.effects(keys.get("do")) : List.of();
        final Rule.Scope scope = scope(keys, across, condition);
        if (isConditional(across)) {
            refuseWhatDoesNotWait(keys, action, effects);
        }
        final Metadata metadata = metadata(keys, action);
        final Long revision = keys.containsKey("revision")
            ? numbers.number(keys.get("revision"), "revision", Numbers.Unit.NONE, 0, Integer.MAX_VALUE)
            : Long.valueOf(1);
        if (faults.count() > before) {
            return new Read(null, loaded);
        }
        final Mark at = node.getStartMark().orElseThrow();
        final Origin origin =
            new Origin(faults.file(), at.getLine() + 1, at.getColumn() + 1, document.line(node, MAX_TEXT));
        return new Read(new Rule(new RuleId(1, id, revision.intValue()), action, header, condition, effects, across,
            scope, metadata, origin), loaded);
    }

    private static boolean isConditional(final List<AcrossFlows> across) {
        return across.stream()
            .anyMatch(part -> part instanceof AcrossFlows.Count || part instanceof AcrossFlows.FirstSeen);
    }

    /** What is done in a flow's worker is done before it is decided what concerns several flows. */
    private void refuseWhatDoesNotWait(final Map<String, Node> keys, final Action action,
        final List<Effect> effects) {
        if (action == Action.PASS) {
            faults.add(keys.get("pass"), "pass", "'pass' does not wait for 'count' and 'first_seen'");
        }
        if (!effects.stream().allMatch(Effect.Capture.class::isInstance)) {
            faults.add(keys.get("do"), "do", "of what can be done, 'capture' alone waits for 'count' and 'first_seen'");
        }
    }

    private Long id(final Map<String, Node> keys, final Node rule) {
        if (keys.containsKey("id")) {
            return numbers.number(keys.get("id"), "id", Numbers.Unit.NONE, 1, MAX_ID);
        }
        faults.add(rule, "id", "the rule needs an 'id', a number of its own");
        return null;
    }

    private Action action(final Map<String, Node> keys, final Node rule) {
        final List<String> said = ACTIONS.stream().filter(keys::containsKey).toList();
        if (said.size() != 1) {
            faults.add(said.isEmpty() ? rule : keys.get(said.get(1)), "alert",
                "the rule needs one of 'alert', 'pass' and 'silent', with its message");
            return Action.ALERT;
        }
        return switch (said.get(0)) {
            case "alert" -> Action.ALERT;
            case "pass" -> Action.PASS;
            default -> Action.SILENT;
        };
    }

    private boolean isLoaded(final Map<String, Node> keys) {
        final Boolean enabled =
            keys.containsKey("enabled") ? Members.truth(keys.get("enabled"), "enabled", faults) : Boolean.TRUE;
        boolean expired = false;
        if (keys.containsKey("expires")) {
            final String text = Members.text(keys.get("expires"), "expires", faults);
            try {
                expired = text != null && !today.isBefore(LocalDate.parse(text));
            } catch (final DateTimeParseException e) {
                faults.add(keys.get("expires"), "expires",
                    "'expires' must be a date such as 2026-01-31, not '" + text + "'");
            }
        }
        return !Boolean.FALSE.equals(enabled) && !expired;
    }

    /**
     * What decides beforehand which traffic a rule may concern. Ports and addresses stay conditions too: a header holds
     * in both directions.
     */
    private Header header(final Node when, final Condition condition) {
        final String transport = conditions.transport(when);
        final Set<Integer> numbersOfIp =
            transport == null ? Set.of() : Set.of(Vocabulary.TRANSPORTS.get(transport));
        final boolean asksTransactions = condition != null && Logic.asksTransactions(condition);
        final List<Condition> parts = condition instanceof Condition.All all ? all.conditions()
            : condition == null ? List.of() : List.of(condition);
        List<Protocol> protocols = List.of();
        Endpoint source = Endpoint.ANY;
        Endpoint destination = Endpoint.ANY;
        for (final Condition part : parts) {
            if (part instanceof Condition.Application application && asksTransactions && !application.negated()) {
                protocols = application.protocols();
            } else if (part instanceof Condition.FlowEndpoint end && end.initiator()) {
                source = narrowed(source, end.accepted());
            } else if (part instanceof Condition.FlowEndpoint end) {
                destination = narrowed(destination, end.accepted());
            }
        }
        if (asksTransactions && protocols.isEmpty() && !Logic.needsField(condition)) {
            faults.add(when, "when", "the rule says of fields only what they must not be; name the 'protocol' too");
        }
        final Traffic traffic = new Traffic(transport == null ? "ip" : transport, 0, numbersOfIp,
            Traffic.Payload.STREAM_OR_PACKET, protocols);
        return new Header(traffic, source, destination, true);
    }

    private static Endpoint narrowed(final Endpoint before, final Endpoint by) {
        return new Endpoint(by.addresses().isAny() ? before.addresses() : by.addresses(),
            by.ports().isAny() ? before.ports() : by.ports());
    }

    private Rule.Scope scope(final Map<String, Node> keys, final List<AcrossFlows> across,
        final Condition condition) {
        if (keys.containsKey("each")) {
            final String word = Members.text(keys.get("each"), "each", faults);
            if (word != null && !List.of("flow", "match").contains(word)) {
                faults.unknown(keys.get("each"), "each", "'each' must be flow or match, not '" + word + "'", word,
                    List.of("flow", "match"));
            }
            return "match".equals(word) ? Rule.Scope.EACH : Rule.Scope.FLOW;
        }
        return isConditional(across) && !Logic.asksFlowAlone(condition) ? Rule.Scope.EACH : Rule.Scope.FLOW;
    }

    private Metadata metadata(final Map<String, Node> keys, final Action action) {
        final Node message = keys.get(action.word());
        final String text = message == null ? null : Members.text(message, action.word(), faults);
        int severity = Metadata.DEFAULT_SEVERITY;
        if (keys.containsKey("severity")) {
            final String word = Members.text(keys.get("severity"), "severity", faults);
            severity = word == null ? 0 : Vocabulary.SEVERITIES.indexOf(word) + 1;
            if (word != null && severity == 0) {
                faults.unknown(keys.get("severity"), "severity", "there is no severity '" + word + "'", word,
                    Vocabulary.SEVERITIES);
            }
        }
        final Map<String, List<String>> entries = new LinkedHashMap<>();
        if (keys.containsKey("owner")) {
            entries.put("owner", texts(keys.get("owner"), "owner", ".{1,200}", "a name"));
        }
        if (keys.containsKey("mitre")) {
            entries.put("mitre_attack", texts(keys.get("mitre"), "mitre", MITRE,
                "an id of MITRE ATT&CK such as T1071.004 or TA0011"));
        }
        final List<String> references = keys.containsKey("references")
            ? texts(keys.get("references"), "references", REFERENCE, "a URL") : List.of();
        final String category =
            keys.containsKey("category") ? Members.text(keys.get("category"), "category", faults) : "";
        return new Metadata(text == null ? "" : text, "", category == null ? "" : category, severity, references,
            entries);
    }

    private List<String> texts(final Node node, final String key, final String form, final String description) {
        final List<String> found = new ArrayList<>();
        for (final Node element : Members.list(node)) {
            final String text = Members.text(element, key, faults);
            if (text != null && !text.matches(form)) {
                faults.add(element, key, "'" + key + "' must be " + description + ", not '" + text + "'");
            } else if (text != null) {
                found.add(text);
            }
        }
        return found;
    }
}
