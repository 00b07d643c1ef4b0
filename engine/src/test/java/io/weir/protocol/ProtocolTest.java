package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ProtocolTest {
    private static Protocol withEvents(final int count) {
        final ProtocolEvent[] events = IntStream.range(0, count)
            .mapToObj(number -> new ProtocolEvent("odd_" + number, "Odd.")).toArray(ProtocolEvent[]::new);
        return Protocol.named("x", "X").events(events).build();
    }

    @Test
    void shouldHaveNoMoreEventsThanATransactionCanNote() {
        final Protocol most = withEvents(Protocol.MOST_EVENTS);
        final Transaction transaction = new Transaction(new BufferPool(1 << 20));
        for (int i = 0; i < most.events().size(); i++) {
            assertTrue(transaction.report(i), "taken for another");
        }
        final String fault = assertThrows(IllegalArgumentException.class,
            () -> withEvents(Protocol.MOST_EVENTS + 1)).getMessage();
        assertEquals("x has 65 events; at most 64 can be noted of a transaction", fault);
    }
}
