package io.weir.protocol.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.base.Counter;
import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.Transaction;
import io.weir.protocol.TransactionListener;
import io.weir.protocol.anomaly.AppLayerAnomaly;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Plays what a fuzzer made up to classifiers that nobody and somebody looks at, and judges what they make of it. */
public final class FuzzPlayers implements AutoCloseable {
    private final FlowPlayer unwatched = new FlowPlayer().keepingRecords().playingEachSecond();
    private final FlowPlayer watched = new FlowPlayer(new ClassifierContext().codingLayers(3)).keepingRecords()
        .playingEachSecond()
        .watchedBy(new Listener());

    /**
     * Demands that nothing is thrown, every buffer is given back and every record is JSON.
     *
     * @param input what is told of if not
     * @param talk  plays a flow to its end
     */
    public void check(final byte[] input, final Consumer<FlowPlayer> talk) {
        check(input, unwatched, talk);
        check(input, watched, talk);
    }

    private static void check(final byte[] input, final FlowPlayer player, final Consumer<FlowPlayer> talk) {
        talk.accept(player);
        assertEquals(0, player.count(Counter.PARSER_FAULTS), () -> "a parser threw: " + hex(input));
        assertEquals(0, player.buffersInUse(), () -> "buffers were kept: " + hex(input));
        assertEquals(0, player.decodersInUse(), () -> "decoders were kept: " + hex(input));
        for (final String record : player.records()) {
            try {
                Json.object(record);
            } catch (final RuntimeException e) {
                throw new AssertionError("no JSON: " + record + " from " + hex(input), e);
            }
        }
    }

    private static String hex(final byte[] input) {
        return HexFormat.of().formatHex(input);
    }

    @Override
    public void close() {
        unwatched.close();
        watched.close();
    }

    /** Asks for everything. */
    private static final class Listener implements TransactionListener {
        @Override
        public boolean wants(final Field field) {
            return true;
        }

        @Override
        public void told(final long flow, final Protocol protocol, final Transaction transaction, final Stage stage) {
            assertTrue(transaction.number() >= 0);
        }

        @Override
        public void event(final long flow, final Protocol protocol, final ProtocolEvent event,
            final Transaction of) {
            assertTrue(protocol.events().contains(event) || AppLayerAnomaly.PROTOCOL.events().contains(event));
        }
    }
}
