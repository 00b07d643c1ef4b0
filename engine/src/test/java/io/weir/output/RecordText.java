package io.weir.output;

import io.weir.event.FlowEvent;
import io.weir.event.TransactionEvent;
import io.weir.protocol.application.ApplicationTable;

/** Records as {@code eve.json} has them. */
public final class RecordText {
    private final JsonWriter json = new JsonWriter();
    private final CommunityId communityId = new CommunityId(0);
    private final FlowEncoder flows =
        new FlowEncoder(EveForm.of(number -> ""), ApplicationTable.standard(), communityId);
    private final TransactionEncoder transactions = new TransactionEncoder(EveForm.of(number -> ""), communityId);

    public String of(final FlowEvent event) {
        flows.encode(event, json);
        return json.text();
    }

    public String of(final TransactionEvent event) {
        transactions.encode(event, json);
        return json.text();
    }
}
