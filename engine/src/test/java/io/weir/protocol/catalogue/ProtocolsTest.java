package io.weir.protocol.catalogue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must hold of all protocols. */
final class ProtocolsTest {
    /** What was reported of a flow or transaction is a bit of a number. */
    private static final int MOST_EVENTS = Long.SIZE;

    @Test
    void shouldHaveNoMoreEventsThanCanBeKeptOfAFlow() {
        for (final Protocol protocol : Protocols.all()) {
            assertTrue(protocol.events().size() <= MOST_EVENTS, protocol.name());
        }
    }

    @Test
    void shouldTellEventsOfAProtocolApart() {
        for (final Protocol protocol : Protocols.all()) {
            final Set<String> names = new HashSet<>();
            for (final ProtocolEvent event : protocol.events()) {
                assertTrue(names.add(event.label()), () -> protocol.name() + " reports " + event.label() + " twice");
            }
        }
    }
}
