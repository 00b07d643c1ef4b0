package io.weir.rule.signature;

import io.weir.rule.model.Action;
import io.weir.rule.model.Endpoint;
import io.weir.rule.model.Header;
import io.weir.rule.model.Traffic;
import java.util.Set;
import java.util.TreeSet;

/** Reads the words before a rule's options; every fault of them is told. */
final class HeaderReader {
    private static final int WORDS = 7;
    private static final int PROTOCOL = 1;
    private static final int SOURCE = 2;
    private static final int DIRECTION = 4;
    private static final int DESTINATION = 5;

    private static final Set<String> ACTIONS = new TreeSet<>(Set.of("alert", "pass", "drop", "reject", "rejectsrc",
        "rejectdst", "rejectboth"));

    private final RuleText text;
    private final SignatureContext context;
    private final FaultSink faults;

    HeaderReader(final RuleText text, final SignatureContext context, final FaultSink faults) {
        this.text = text;
        this.context = context;
        this.faults = faults;
    }

    /** Fills in action and header; what is wrong is told. */
    void into(final Draft draft) {
        attempt(0, () -> draft.action = action());
        if (text.words().size() != WORDS) {
            attempt(0, () -> {
                throw RejectedException.error("a rule has " + WORDS + " words before its options, and this one has "
                    + text.words().size() + ": action protocol source port -> destination port");
            });
            return;
        }
        attempt(PROTOCOL, () -> draft.traffic = TrafficWords.of(word(PROTOCOL)));
        attempt(DIRECTION, () -> direction(draft));
        final Endpoint source = endpoint(SOURCE);
        final Endpoint destination = endpoint(DESTINATION);
        if (draft.traffic != null && source != null && destination != null) {
            draft.header = header(draft, source, destination);
        }
    }

    private static Header header(final Draft draft, final Endpoint source, final Endpoint destination) {
        final Traffic traffic = draft.traffic;
        return new Header(traffic, source, destination, draft.bothWays);
    }

    private String word(final int index) {
        return text.words().get(index);
    }

    private Action action() throws RejectedException {
        final String word = text.words().isEmpty() ? "" : word(0);
        return switch (word) {
            case "alert" -> Action.ALERT;
            case "pass" -> Action.PASS;
            case "drop" -> Action.DROP;
            case "reject", "rejectsrc", "rejectdst", "rejectboth" -> Action.REJECT;
            case "config" -> throw RejectedException.unsupported("config rules are not supported");
            default -> throw refused(word);
        };
    }

    private static RejectedException refused(final String word) {
        return word.startsWith("accept") || word.matches("(?:drop|pass|reject):.*")
            ? RejectedException.unsupported("firewall rules are not supported")
            : RejectedException.unknown("there is no action " + Option.shown(word), word, ACTIONS);
    }

    private void direction(final Draft draft) throws RejectedException {
        switch (word(DIRECTION)) {
            case "->" -> draft.bothWays = false;
            case "<>" -> draft.bothWays = true;
            case "=>" -> draft.transactional = true;
            default -> throw RejectedException.error("a direction is ->, <> or =>, not "
                + Option.shown(word(DIRECTION)));
        }
    }

    private Endpoint endpoint(final int at) {
        final Endpoint[] both = new Endpoint[2];
        attempt(at, () -> both[0] =
            new Endpoint(Endpoints.addresses(word(at), context.addresses()), Endpoint.ANY.ports()));
        attempt(at + 1, () -> both[1] =
            new Endpoint(Endpoint.ANY.addresses(), Endpoints.ports(word(at + 1), context.ports())));
        return both[0] == null || both[1] == null ? null : new Endpoint(both[0].addresses(), both[1].ports());
    }

    private void attempt(final int index, final Attempt attempt) {
        try {
            attempt.run();
        } catch (final RejectedException e) {
            faults.told(index < text.places().size() ? text.places().get(index) : 0, "header", e);
        }
    }

    /** Something that may be rejected. */
    private interface Attempt {
        void run() throws RejectedException;
    }
}
