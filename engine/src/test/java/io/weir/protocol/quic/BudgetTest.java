package io.weir.protocol.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.WorkerParts;
import io.weir.base.Counter;
import io.weir.packet.PacketBuilder;
import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.classify.Classifier;
import io.weir.protocol.classify.ClassifierContext;
import io.weir.protocol.tls.Hellos;
import org.junit.jupiter.api.Test;

/** Decryption costs more than all else that a datagram can ask for: each second has a budget for it. */
class BudgetTest {
    private static final byte[] HELLO =
        Initials.message(1, Hellos.hello().ciphers(0x1301).sni("example.org").clientBody());

    @Test
    void shouldGiveEachSecondItsBudget() {
        final InitialOpener opener = new InitialOpener();
        for (int i = 0; i < InitialOpener.BUDGET; i++) {
            assertTrue(opener.mayOpen(1_000_000_000L + i));
        }
        assertFalse(opener.mayOpen(1_999_999_999L));
        assertTrue(opener.mayOpen(2_000_000_000L));
    }

    @Test
    void shouldPassOverHellosBeyondTheBudgetAndCountThem() {
        final byte[] datagram =
            new Initials(1, true).seal(1200, Initials.crypto(HELLO, 0, HELLO.length));
        final int beyond = 25;
        try (WorkerParts parts = new WorkerParts(1 << 25);
            Classifier classifier = new Classifier(new ClassifierContext().conclude(), parts.flows,
                ApplicationMatcher.NONE, parts.ring, parts.counters)) {
            parts.flows.observer(classifier);
            for (int i = 0; i < InitialOpener.BUDGET + beyond; i++) {
                play(parts.at(0.5), classifier, i, datagram);
                while (parts.ring.peek() >= 0) {
                    parts.ring.advance();
                }
            }
            assertEquals(beyond, parts.count(Counter.PARSER_OVER_BUDGET));
            assertEquals(InitialOpener.BUDGET, parts.count(Counter.TRANSACTIONS));
            play(parts.at(1.5), classifier, InitialOpener.BUDGET + beyond, datagram);
            assertEquals(beyond, parts.count(Counter.PARSER_OVER_BUDGET));
            assertEquals(InitialOpener.BUDGET + 1, parts.count(Counter.TRANSACTIONS));
            assertEquals(0, parts.count(Counter.PARSER_FAULTS));
        }
    }

    private static void play(final WorkerParts parts, final Classifier classifier, final int number,
        final byte[] datagram) {
        final long handle = parts.put(PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2")
            .udp(1024 + number, 443).payload(datagram));
        classifier.onFrame(parts.frame);
        classifier.onDatagram(handle, parts.frame);
    }
}
