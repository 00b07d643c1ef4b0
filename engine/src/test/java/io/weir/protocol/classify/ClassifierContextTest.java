package io.weir.protocol.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassifierContextTest {
    @Test
    void shouldTakeOptionalFieldsAlone() {
        assertEquals(1, new ClassifierContext().fields(List.of("tls.certificate")).conclude().wanted().cardinality());
        for (final String name : List.of("tls.sni", "tls.nothing")) {
            final String message = assertThrows(IllegalArgumentException.class,
                () -> new ClassifierContext().fields(List.of(name)).conclude()).getMessage();
            assertTrue(message.contains("'" + name + "'") && message.contains("tls.client_handshake"), message);
        }
    }
}
