package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection picked up within a message is read from one of the next messages on. */
final class MidStreamTest {
    private static final int ROUNDS = 3;

    static List<SampleTalk> streams() {
        return SampleTalk.known().stream().filter(talk -> !talk.isUdp()).toList();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldBeginBehindTheRestOfAMessage(final SampleTalk sample) {
        final boolean tells = !repeated(sample, 0).records().isEmpty();
        for (final int missing : new int[] {5, 30, 50, 80}) {
            final Talk talk = repeated(sample, missing);
            assertTrue(talk.protocols().contains(sample.protocol()), missing + " % missing");
            assertEquals(tells, !talk.records().isEmpty(), missing + " % missing");
        }
    }

    /** The exchange again and again, without the beginning of its first message. */
    private static Talk repeated(final SampleTalk sample, final int percentMissing) {
        final Talk talk = Talk.tcp(sample.port()).midStream();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < sample.said().size(); i++) {
                final SampleTalk.Said said = sample.said().get(i);
                final int length = said.bytes().length;
                final int from = round + i > 0 || percentMissing == 0 ? 0 : Math.max(1, length * percentMissing / 100);
                final byte[] bytes = Arrays.copyOfRange(said.bytes(), from, length);
                if (said.fromClient()) {
                    talk.client(bytes);
                } else {
                    talk.server(bytes);
                }
            }
        }
        return talk;
    }
}
