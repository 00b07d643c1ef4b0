package io.weir.protocol.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Answer;
import io.weir.protocol.Detector;
import io.weir.protocol.Probe;
import io.weir.protocol.Talk;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Directories, databases, storage, remote calls and industry: recognised by their smallest real message. */
class BinaryProtocolsTest {
    private static final int ELSEWHERE = 7777;
    private static final int TRIES = 4000;

    static Stream<BinarySamples.Sample> samples() {
        return BinarySamples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldRecogniseTheFirstMessage(final BinarySamples.Sample sample) {
        assertEquals(sample.protocol(), sample.talk(sample.port()).protocol());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldRecogniseOneByteAtATime(final BinarySamples.Sample sample) {
        assertEquals(sample.protocol(), sample.talk(sample.port()).segmented(1).protocol());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldNotDependOnThePort(final BinarySamples.Sample sample) {
        if (!sample.needsPort()) {
            assertEquals(sample.protocol(), sample.talk(ELSEWHERE).protocol());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldRarelyBelieveRandomBytesBehindAValidBeginning(final BinarySamples.Sample sample) {
        final Random random = new Random(sample.name().hashCode());
        final Detector detector = detectorOf(sample);
        final Probe probe = new Probe();
        for (int kept = 1; kept <= 4; kept++) {
            int believed = 0;
            for (int i = 0; i < TRIES; i++) {
                final byte[] bytes = new byte[20 + random.nextInt(300)];
                random.nextBytes(bytes);
                System.arraycopy(sample.bytes(), 0, bytes, 0, Math.min(kept, sample.bytes().length));
                probe.of(sample.isUdp(), true, 40000, sample.port()).counts(1, bytes.length);
                probe.now().wrap(bytes, 0, bytes.length);
                final Answer answer = detector.detect(probe);
                believed += answer == Answer.YES || answer == Answer.YES_TURNED ? 1 : 0;
            }
            assertTrue(believed < TRIES / 100, believed + " behind " + kept + " bytes");
        }
    }

    @Test
    void shouldNotThrowOnAnyBytes() {
        final Random random = new Random(4);
        final Probe probe = new Probe();
        for (final BinarySamples.Sample sample : BinarySamples.all().toList()) {
            final Detector detector = detectorOf(sample);
            for (int i = 0; i < TRIES; i++) {
                final byte[] bytes = sample.bytes().clone();
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                final int length = 1 + random.nextInt(bytes.length);
                probe.of(sample.isUdp(), random.nextBoolean(), 40000, sample.port()).counts(1, length);
                probe.now().wrap(bytes, 0, length);
                assertNotNull(detector.detect(probe));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lookalikes")
    void shouldNotRecogniseWhatLooksAlike(final BinarySamples.Sample sample) {
        assertNotEquals(sample.protocol(), sample.talk(sample.port()).protocol());
    }

    static Stream<BinarySamples.Sample> lookalikes() {
        return BinarySamples.lookalikes();
    }

    @Test
    void shouldTurnADatagramFlowWhoseAnswerCameFirst() {
        // LDAP's result of a search, over UDP.
        final String flow = Talk.udp(389, 40001).client(Talk.hex("300c02010165070a010004000400")).flow();
        assertTrue(flow.contains("\"app_proto\":\"ldap\"") && flow.contains("\"dest_port\":389"), flow);
    }

    private static Detector detectorOf(final BinarySamples.Sample sample) {
        return Protocols.all().stream().filter(one -> one.name().equals(sample.protocol()))
            .map(one -> one.detector(sample.isUdp())).filter(Objects::nonNull).findFirst().orElseThrow();
    }
}
