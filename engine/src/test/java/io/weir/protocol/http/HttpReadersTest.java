package io.weir.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.Counter;
import io.weir.protocol.Watcher;
import io.weir.protocol.classify.ClassifierContext;
import io.weir.protocol.classify.FlowPlayer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readers of HTTP go from connection to connection, and nothing of one may be told of another. */
final class HttpReadersTest {
    private static final int CONNECTIONS = 400;

    private static FlowPlayer player(final Watcher watcher) {
        final ClassifierContext context = new ClassifierContext().files(watcher != null).codingLayers(2);
        final FlowPlayer player = new FlowPlayer(context).keepingRecords();
        return watcher == null ? player : player.watchedBy(watcher);
    }

    /** Names the first of them that differs. */
    private static void assertSame(final RandomMessages messages, final List<String> expected, final List<String> told,
        final String what) {
        for (int i = 0; i < Math.max(expected.size(), told.size()); i++) {
            assertEquals(i < expected.size() ? expected.get(i) : "nothing", i < told.size() ? told.get(i) : "nothing",
                () -> what + "\n" + messages);
        }
    }

    private static void check(final long firstSeed, final boolean watched) {
        final Watcher usedWatcher = watched ? Watcher.ofAll() : null;
        try (FlowPlayer used = player(usedWatcher)) {
            for (long seed = firstSeed; seed < firstSeed + CONNECTIONS; seed++) {
                final RandomMessages messages = new RandomMessages(seed, seed % 4 == 0);
                final int segment = seed % 3 == 0 ? Integer.MAX_VALUE >> 1 : 1 + (int) (seed % 50);
                final Watcher freshWatcher = watched ? Watcher.ofAll() : null;
                try (FlowPlayer fresh = player(freshWatcher)) {
                    final List<String> expected = messages.play(fresh, segment);
                    assertSame(messages, expected, messages.play(used, segment), "seed " + seed);
                    assertEquals(0, fresh.count(Counter.PARSER_FAULTS), messages::toString);
                }
                assertEquals(0, used.buffersInUse(), messages::toString);
                assertEquals(0, used.decodersInUse(), messages::toString);
                if (watched) {
                    assertSame(messages, freshWatcher.told(), usedWatcher.told(), "told, seed " + seed);
                    usedWatcher.clear();
                }
            }
        }
    }

    @Test
    void shouldTellTheSameWithReadersThatReadOtherConnections() {
        check(1, false);
    }

    @Test
    void shouldShowRulesTheSameWithReadersThatReadOtherConnections() {
        check(1_000_001, true);
    }

    @Test
    void shouldTellTheSameHoweverMessagesAreCut() {
        try (FlowPlayer player = player(null)) {
            for (long seed = 2_000_001; seed < 2_000_001 + CONNECTIONS; seed++) {
                final RandomMessages messages = new RandomMessages(seed, true);
                final List<String> expected = List.copyOf(messages.play(player, Integer.MAX_VALUE >> 1));
                assertSame(messages, expected, messages.play(player, 1 + (int) (seed % 9)), "cut, seed " + seed);
            }
        }
    }
}
