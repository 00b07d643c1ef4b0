package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection picked up within a message is read from one of the next messages on. */
final class MidStreamTest {
    private static final int ROUNDS = 3;

    /** Protocols that are spoken at the beginning of a connection alone. */
    private static final Set<String> AT_FIRST =
        Set.of("proxy-protocol", "socks", "netbios-ssn", "mysql", "pgsql", "rfb");

    static List<SampleTalk> streams() {
        return SampleTalk.all().stream().filter(talk -> !talk.isUdp()).toList();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldBeginBehindTheRestOfAMessage(final SampleTalk sample) {
        final boolean tells = !repeated(sample, 0).records().isEmpty();
        for (final int missing : new int[] {5, 30, 50, 80}) {
            final Talk talk = repeated(sample, missing);
            final boolean read =
                talk.protocols().contains(sample.protocol()) && tells == !talk.records().isEmpty();
            assertEquals(!AT_FIRST.contains(sample.protocol()), read, missing + " % missing: " + talk.protocols());
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
