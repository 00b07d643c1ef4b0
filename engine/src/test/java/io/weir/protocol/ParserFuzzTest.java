package io.weir.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.protocol.classify.FuzzPlayers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever hosts say, no parser throws, every buffer is given back and every record is JSON. {@code scripts/fuzz} lets
 * a coverage-guided fuzzer look for counter-examples; what it found before is replayed here, together with talks that
 * are changed at random.
 */
final class ParserFuzzTest {
    private static final int CHANGED_TALKS = 10_000;
    private static final int MOST_CHANGES = 8;
    /** Values at the edges of lengths and counts. */
    private static final byte[] EDGES = {0, 1, 2, 3, 4, 7, 8, 0x10, 0x20, 0x3f, 0x40, 0x7f, -0x80, -0x7f, -2, -1};

    private static FuzzPlayers players;

    @BeforeAll
    static void open() {
        players = new FuzzPlayers();
    }

    @AfterAll
    static void close() {
        players.close();
    }

    static Stream<Arguments> talks() {
        return SampleTalk.all().stream().map(talk -> Arguments.of((Object) TalkInput.of(talk)));
    }

    @MethodSource("talks")
    @FuzzTest(maxDuration = "5m")
    void shouldSurviveAnyTalk(final byte[] input) {
        check(input);
    }

    @Test
    void shouldSurviveChangedTalks() {
        final Random random = new Random(Long.getLong("weir.fuzz.seed", 20_260_104));
        final int count = Integer.getInteger("weir.fuzz.talks", CHANGED_TALKS);
        final List<byte[]> seeds = new ArrayList<>();
        SampleTalk.all().forEach(talk -> seeds.add(TalkInput.of(talk)));
        for (int i = 0; i < count; i++) {
            final byte[] seed = seeds.get(random.nextInt(seeds.size()));
            final byte[] other = seeds.get(random.nextInt(seeds.size()));
            check(changed(seed, other, random));
        }
    }

    private static void check(final byte[] input) {
        players.check(input, player -> TalkInput.play(input, player));
    }

    /** Bytes overwritten, left out, repeated, or taken from another talk. */
    private static byte[] changed(final byte[] seed, final byte[] other, final Random random) {
        byte[] input = seed.clone();
        final int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes && input.length > 4; i++) {
            final int at = random.nextInt(input.length);
            switch (random.nextInt(6)) {
                case 0 -> input[at] = (byte) random.nextInt();
                case 1 -> input[at] = EDGES[random.nextInt(EDGES.length)];
                case 2 -> input[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> input = splice(input, at, input, Math.min(input.length, at + 1 + random.nextInt(8)));
                case 4 -> input = splice(input, at, input, Math.max(0, at - random.nextInt(40)));
                default -> input = splice(input, at, other, random.nextInt(other.length));
            }
        }
        return input;
    }

    /** The beginning of one and the end of another. */
    private static byte[] splice(final byte[] one, final int to, final byte[] other, final int from) {
        final byte[] joined = new byte[to + other.length - from];
        System.arraycopy(one, 0, joined, 0, to);
        System.arraycopy(other, from, joined, to, other.length - from);
        return joined;
    }
}
