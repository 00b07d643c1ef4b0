package io.weir.rule.alert;

import io.weir.event.AlertEvent;
import io.weir.protocol.BufferPool;
import io.weir.protocol.Field;
import io.weir.protocol.RecordType;
import io.weir.protocol.Transaction;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Action;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Header;
import io.weir.rule.model.Metadata;
import io.weir.rule.model.Origin;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Builds matches of rules, as workers write them. */
final class Match {
    private static final long SECOND_NS = 1_000_000_000L;

    private final UnsafeBuffer ring = new UnsafeBuffer(new byte[64 * 1024]);
    private final Transaction transaction = new Transaction(new BufferPool(1 << 20));
    private long source = 1;
    private long destination = 2;
    private int sourcePort = 1000;
    private int destinationPort = 80;
    private long flowId = 7;
    private boolean toServer = true;
    private double seconds;

    private Match() {
        transaction.open(RecordType.of("test"));
    }

    static Match at(final double seconds) {
        final Match match = new Match();
        match.seconds = seconds;
        return match;
    }

    static Rule rule(final long signature, final AcrossFlows... asked) {
        return new Rule(new RuleId(1, signature, 1), Action.ALERT, Header.ANY, new Condition.All(List.of()), List.of(),
            List.of(asked), Rule.Scope.EACH, new Metadata("test", "", "", 3, List.of(), Map.of()),
            new Origin("test.rules", 1, 1, ""));
    }

    Match from(final long host) {
        source = host;
        return this;
    }

    Match to(final long host) {
        destination = host;
        return this;
    }

    Match port(final int ofSource) {
        sourcePort = ofSource;
        return this;
    }

    Match toPort(final int ofDestination) {
        destinationPort = ofDestination;
        return this;
    }

    Match flow(final long id) {
        flowId = id;
        return this;
    }

    Match answered() {
        toServer = false;
        return this;
    }

    Match with(final Field field, final String value) {
        transaction.put(field, value.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    AlertEvent event() {
        final AlertEvent event = new AlertEvent();
        event.wrap(ring, 0, transaction.length(), 0, 0, 0, 0);
        event.flow().identity(flowId, 0, 0, 1);
        event.flow().protocol(4, 6);
        // the source is who sent what matched; the initiator of the record is the client
        event.flow().initiator(0, toServer ? source : destination, toServer ? sourcePort : destinationPort);
        event.flow().responder(0, toServer ? destination : source, toServer ? destinationPort : sourcePort);
        event.flow().unlabelled();
        event.flags(toServer ? AlertEvent.TO_SERVER : 0);
        event.seenIn((long) (seconds * SECOND_NS), 1, 1);
        transaction.copyTo(ring, event.fieldsOffset());
        return event;
    }
}
