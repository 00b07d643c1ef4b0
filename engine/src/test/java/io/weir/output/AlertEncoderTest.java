package io.weir.output;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.event.AlertEvent;
import io.weir.event.FlowEvent;
import io.weir.protocol.Confidence;
import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.model.Action;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Metadata;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleId;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class AlertEncoderTest {
    private static final Rule RULE = new Rule(new RuleId(1, 7, 1), Action.ALERT, null, new Condition.All(List.of()),
        List.of(), List.of(), Rule.Scope.EACH, new Metadata("m", "", "", 3, List.of(), Map.of()), null);

    private final AlertEncoder encoder = new AlertEncoder(EveForm.of(number -> "i"), new CommunityId(0));

    private static int number(final String name) {
        return Protocols.all().stream().filter(each -> each.name().equals(name)).mapToInt(Protocol::id).findFirst()
            .orElseThrow();
    }

    private static AlertEvent alert(final String payload) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[AlertEvent.HEAD_LENGTH + payload.length()]);
        FlowEvents.of(6).event().copyIdentityTo(buffer, 0);
        final AlertEvent alert = new AlertEvent().wrap(buffer, 0, 0, 0, 0, payload.length(), 0);
        alert.transaction(AlertEvent.NO_TRANSACTION, AlertEvent.NO_RECORD, 0);
        alert.seenIn(FlowEvents.START_NS, 5, 1);
        buffer.putStringWithoutLengthAscii(AlertEvent.HEAD_LENGTH, payload);
        return alert;
    }

    private String encoded(final AlertEvent alert) {
        final JsonWriter json = new JsonWriter();
        encoder.encode(alert, RULE, json);
        return json.text();
    }

    @Test
    void shouldSayHowLongThePayloadIs() {
        final String told = encoded(alert("GET / HTTP/1.0"));
        assertTrue(told.contains("\"payload\":\"R0VUIC8gSFRUUC8xLjA=\",\"payload_length\":14,\"payload_printable\":"
            + "\"GET / HTTP/1.0\""), told);
        assertFalse(encoded(alert("")).contains("payload"));
    }

    @Test
    void shouldSayWhatTheFlowWasBefore() {
        final AlertEvent alert = alert("");
        final FlowEvent flow = alert.flow();
        flow.protocols(number("http") | (long) number("websocket") << Short.SIZE, 1, Confidence.CONTENT.ordinal());
        final String told = encoded(alert);
        assertTrue(told.contains(",\"app_proto\":\"websocket\",\"app_proto_orig\":\"http\",\"direction\""), told);
        flow.protocols(number("http"), 0, Confidence.CONTENT.ordinal());
        assertFalse(encoded(alert).contains("app_proto_orig"));
    }
}
