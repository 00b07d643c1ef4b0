package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.base.Counter;
import io.weir.event.Anomaly;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of bytes that were delivered already, against the first copy. */
class RetransmissionsTest extends StreamCase {
    /** Together they overwrite the least ring there is. */
    private static final int FILLERS = (int) StreamContext.COMPARISON_BYTES_MIN / 60_000 + 1;

    private void assertDiffering(final long place, final String kept, final String refused) {
        assertFound(1, Anomaly.STREAM_OVERLAP_DIFFERENT_DATA);
        final boolean fromUpper = (tcp.client.number() & 1) != 0;
        assertEquals(List.of(new StreamFixture.Found(Anomaly.STREAM_OVERLAP_DIFFERENT_DATA, fromUpper, place,
            kept.length(), PieceFixture.hash(kept), PieceFixture.hash(refused))), tcp.fixture.anomalies);
        assertCount(1, Counter.TCP_SEGMENTS_DIFFERING);
        assertCount(0, Counter.TCP_OVERLAPS_UNVERIFIED);
    }

    private List<Long> placesOfDifferences() {
        return tcp.fixture.anomalies.stream()
            .filter(found -> found.anomaly() == Anomaly.STREAM_OVERLAP_DIFFERENT_DATA)
            .map(StreamFixture.Found::streamOffset).toList();
    }

    private void assertUnverified(final int times) {
        assertFound(0, Anomaly.STREAM_OVERLAP_DIFFERENT_DATA);
        assertCount(times, Counter.TCP_OVERLAPS_UNVERIFIED);
    }

    @Test
    void shouldTellOfACopyOfPartOfADeliveredSegmentThatDiffers() {
        tcp.initial(1, 1_000);
        tcp.client.syn();
        tcp.server.synAck();
        tcp.client.acks(0);
        tcp.server.acks(0);
        tcp.client.sends(0, "GOOD");
        tcp.client.sends(1, "XXX");
        tcp.server.acks(4);
        assertEquals("GOOD", tcp.client.stream());
        assertDiffering(1, "OOD", "XXX");
    }

    @Test
    void shouldTellOfACopyThatGoesOnBehindWhatWasDelivered() {
        tcp.established();
        tcp.client.sends(1, "OLD");
        tcp.client.sends(1, "NEWer");
        assertEquals("cOLDer", tcp.client.stream());
        assertDiffering(1, "OLD", "NEW");
    }

    @Test
    void shouldTellOfACopyThatLiesWithinASegment() {
        tcp.handshake();
        tcp.client.sends(0, "0123456789");
        tcp.client.sends(3, "34?6");
        assertDiffering(3, "3456", "34?6");
    }

    @Test
    void shouldTellOnceOfACopyAcrossSeveralSegments() {
        tcp.handshake();
        for (int i = 0; i < 4; i++) {
            tcp.client.sends(3L * i, "abc");
            tcp.server.sends(3L * i, "xyz");
        }
        tcp.client.sends(2, "cab?ab?");
        assertDiffering(2, "cabcabc", "cab?ab?");
    }

    @Test
    void shouldFindTheSameBytesTheSameHoweverTheyAreCut() {
        tcp.handshake();
        final String text = "0123456789abcdefghijkl";
        for (int i = 0; i < 7; i++) {
            tcp.client.sends(3L * i, text.substring(3 * i, 3 * i + 3));
        }
        for (int from = 0; from < 21; from++) {
            for (int to = from + 1; to <= 21; to++) {
                tcp.client.sends(from, text.substring(from, to));
            }
        }
        assertUnverified(0);
        assertEquals(text.substring(0, 21), tcp.client.stream());
    }

    @Test
    void shouldCompareAcrossTheWrapOfSequenceNumbers() {
        tcp.initial(0xffff_fffcL, 0).handshake();
        tcp.client.sends(0, "abcdef");
        tcp.client.sends(2, "cDef");
        assertDiffering(2, "cdef", "cDef");
    }

    @Test
    void shouldCompareWithWhatWaitedBeforeItWasDelivered() {
        tcp.established();
        tcp.client.sends(4, "nt");
        tcp.client.sends(1, "lie");
        tcp.client.sends(3, "e??");
        assertEquals("client", tcp.client.stream());
        assertDiffering(3, "ent", "e??");
    }

    @Test
    void shouldCompareASegmentThatWaitedInSeveralChunks() {
        tcp.handshake();
        final String text = "0123456789".repeat(600);
        tcp.client.sends(1, text);
        tcp.client.sends(0, "!");
        final String other = text.substring(0, 5_000) + "?" + text.substring(5_001);
        tcp.client.sends(1, other);
        assertDiffering(1, text, other);
    }

    @Test
    void shouldTellOfTheLongestSegmentWithItsLastByteChanged() {
        tcp.handshake();
        final String text = "x".repeat(65_000);
        tcp.client.sends(0, text);
        final String other = text.substring(1) + "?";
        tcp.client.sends(0, other);
        assertDiffering(0, text, other);
    }

    @Test
    void shouldRememberTheLastEightSegmentsThatWereDelivered() {
        tcp.handshake();
        for (int i = 0; i < 9; i++) {
            tcp.client.sends(3L * i, "abc");
        }
        tcp.client.sends(0, "???");
        assertUnverified(1);
        tcp.client.sends(2, "?ab?");
        assertCount(2, Counter.TCP_OVERLAPS_UNVERIFIED);
        final StreamFixture.Found found = tcp.fixture.anomalies.get(0);
        assertEquals(3, found.streamOffset());
        assertEquals(PieceFixture.hash("abc"), found.keptHash());
        assertEquals(PieceFixture.hash("ab?"), found.refusedHash());
    }

    @Test
    void shouldCountWhatItsMemoryHasLost() {
        with(new StreamContext().comparisonBytes(StreamContext.COMPARISON_BYTES_MIN));
        tcp.handshake();
        tcp.client.sends(0, "GOOD");
        final Conversation other = new Conversation(tcp.fixture, 7).handshake();
        for (int i = 0; i < FILLERS - 1; i++) {
            other.client.sends(60_000L * i, "-".repeat(60_000));
            other.server.acks(60_000L * (i + 1));
        }
        tcp.client.sends(0, "GOOD");
        assertUnverified(0);
        other.client.sends(60_000L * (FILLERS - 1), "-".repeat(60_000));
        tcp.client.sends(0, "EVIL");
        assertUnverified(1);
        tcp.client.sends(4, " again");
        tcp.client.sends(2, "OD aGAIN");
        assertCount(2, Counter.TCP_OVERLAPS_UNVERIFIED);
        final StreamFixture.Found found = tcp.fixture.anomalies.get(0);
        assertEquals(4, found.streamOffset());
        assertEquals(PieceFixture.hash(" aGAIN"), found.refusedHash());
    }

    @Test
    void shouldFindEveryCopyTheSameHoweverOftenItsMemoryComesRound() {
        with(new StreamContext().comparisonBytes(StreamContext.COMPARISON_BYTES_MIN));
        tcp.handshake();
        long at = 0;
        for (int i = 0; i < 200; i++) {
            final String text = (i + ":").repeat(1 + i * 37 % 1_500);
            tcp.client.sends(at, text);
            tcp.server.acks(at + text.length());
            tcp.client.sends(at + text.length() / 3, text.substring(text.length() / 3));
            at += text.length();
        }
        assertUnverified(0);
    }

    @Test
    void shouldFindExactlyTheCopiesThatDifferFromTheLastEightSegments() {
        tcp.handshake();
        final Random random = new Random(1);
        final StringBuilder sent = new StringBuilder();
        final List<Integer> starts = new ArrayList<>();
        int differing = 0;
        int unverified = 0;
        for (int i = 0; i < 2_000; i++) {
            starts.add(sent.length());
            final String next = text(random, 1 + random.nextInt(20));
            tcp.client.sends(sent.length(), next);
            sent.append(next);
            tcp.server.acks(sent.length());
            final int known = starts.get(Math.max(0, starts.size() - DeliveredBytes.COUNT));
            final int from = Math.max(0, sent.length() - 2 - random.nextInt(120));
            final int to = from + 1 + random.nextInt(sent.length() - from);
            final StringBuilder copy = new StringBuilder(sent.substring(from, to));
            if (to - from == 1 && to == sent.length()) {
                continue; // a keep-alive
            }
            if (random.nextBoolean()) {
                final int changed = random.nextInt(copy.length());
                copy.setCharAt(changed, '?');
                differing += from + changed >= known ? 1 : 0;
            }
            unverified += from < known ? 1 : 0;
            tcp.client.sends(from, copy.toString());
            assertCount(differing, Counter.TCP_SEGMENTS_DIFFERING);
            assertCount(unverified, Counter.TCP_OVERLAPS_UNVERIFIED);
        }
        assertEquals(sent.toString(), tcp.client.stream());
    }

    private static String text(final Random random, final int length) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    @Test
    void shouldNotCompareAcrossAGap() {
        tcp.established();
        tcp.client.sends(1, "lient");
        tcp.client.segment(6).data("cut off here").cut(5).send();
        tcp.client.sends(1, "LIENT");
        assertUnverified(1);
    }

    @Test
    void shouldCompareNothingThatNobodyWants() {
        tcp.established();
        tcp.client.sends(1, "lient");
        tcp.fixture.reassembler.unwanted(tcp.client.number());
        tcp.client.sends(6, "more");
        tcp.client.sends(6, "MORE");
        assertUnverified(1);
    }

    @Test
    void shouldCompareNothingThatNobodyLooksAtButWhatIsInFrontOfAndBehindIt() {
        tcp.handshake();
        tcp.client.sends(0, "head");
        tcp.fixture.recorder.passingFirst = 4;
        tcp.client.sends(4, "body");
        tcp.client.sends(8, "moretail");
        tcp.client.sends(6, "DYmo");
        assertUnverified(1);
        tcp.client.sends(0, "heAD");
        tcp.client.sends(2, "adbodymoreta");
        tcp.client.sends(2, "adBODYMORE");
        assertEquals("headbodymoretail", tcp.client.stream());
        assertCount(3, Counter.TCP_OVERLAPS_UNVERIFIED);
        assertCount(1, Counter.TCP_SEGMENTS_DIFFERING);
        assertEquals(PieceFixture.hash("head"), tcp.fixture.anomalies.get(0).keptHash());
        tcp.client.sends(10, "reTail");
        assertCount(2, Counter.TCP_SEGMENTS_DIFFERING);
    }

    @Test
    void shouldCompareTheFrontOfWhatEndsWithBytesNobodyLooksAt() {
        tcp.handshake();
        tcp.fixture.recorder.passingFirst = 2;
        tcp.fixture.recorder.passingLast = 4;
        tcp.client.sends(0, "<>headbody");
        tcp.client.sends(2, "head");
        assertUnverified(0);
        tcp.client.sends(4, "adBODY");
        assertUnverified(1);
        tcp.client.sends(0, "><head");
        assertUnverified(2);
        tcp.client.sends(2, "heAD");
        assertCount(1, Counter.TCP_SEGMENTS_DIFFERING);
        assertEquals("<>headbody", tcp.client.stream());
    }

    @Test
    void shouldCompareWhatNobodyLooksAtWithoutCutOff() {
        with(new StreamContext().cutOff(false));
        tcp.handshake();
        tcp.fixture.recorder.passingFirst = 4;
        tcp.client.sends(0, "body");
        tcp.client.sends(0, "boDY");
        assertDiffering(0, "body", "boDY");
    }

    @Test
    void shouldCompareUpToTheDepth() {
        with(new StreamContext().depth(4));
        tcp.handshake();
        tcp.client.sends(0, "abc");
        tcp.client.sends(0, "a??");
        assertDiffering(0, "abc", "a??");
        tcp.client.sends(3, "defg");
        tcp.client.sends(3, "D");
        assertEquals("abcd<depth>", tcp.client.stream());
        assertCount(1, Counter.TCP_OVERLAPS_UNVERIFIED);
    }

    @Test
    void shouldCompareWhereTheUrgentByteKeepsAStreamBelowItsDepth() {
        with(new StreamContext().depth(6).urgentInline(false));
        tcp.handshake();
        tcp.client.sends(0, "ab");
        tcp.client.segment(2).data("c!de").urgent(2).send();
        tcp.client.sends(0, "aB");
        assertEquals("abcde", tcp.client.stream());
        assertCount(0, Counter.TCP_OVERLAPS_UNVERIFIED);
        assertCount(1, Counter.TCP_SEGMENTS_DIFFERING);
    }

    @ParameterizedTest
    @CsvSource({"0, aB, 0", "1, B, 1", "2, C, 2", "4, D, 3", "6, F, 5", "3, !D, 3"})
    void shouldTellThePlaceOfADifferenceInAStreamThatAnUrgentByteWasTakenOutOf(final long from, final String other,
        final long place) {
        with(new StreamContext().urgentInline(false));
        tcp.handshake();
        tcp.client.sends(0, "ab");
        tcp.client.segment(2).data("c!de").urgent(2).send();
        tcp.client.sends(6, "fg");
        tcp.client.sends(from, other);
        assertEquals("abcdefg", tcp.client.stream());
        assertEquals(List.of(place), placesOfDifferences());
    }

    @Test
    void shouldTellThePlaceOfADifferenceThatWaitsBehindAnUrgentByte() {
        with(new StreamContext().urgentInline(false));
        tcp.handshake();
        tcp.client.sends(0, "a");
        tcp.client.segment(2).data("c!de").urgent(2).send();
        tcp.client.sends(4, "dE");
        assertEquals(List.of(3L), placesOfDifferences());
    }

    @Test
    void shouldRememberWhatWasPassedOverInARowAsOne() {
        tcp.handshake();
        tcp.client.sends(0, "HEAD");
        for (int i = 0; i < 3; i++) {
            tcp.fixture.recorder.passingFirst = 4;
            tcp.fixture.recorder.passingLast = 4;
            tcp.client.sends(4 + 12L * i, "bodyheadBODY");
        }
        tcp.client.sends(0, "HEAP");
        assertDiffering(0, "HEAD", "HEAP");
    }

    @Test
    void shouldRefuseAMemoryForComparisonThatIsTooSmall() {
        assertThrows(IllegalArgumentException.class,
            () -> new StreamContext().comparisonBytes(StreamContext.COMPARISON_BYTES_MIN - 1).conclude());
        assertEquals(2 * StreamContext.COMPARISON_BYTES_MIN, new StreamContext()
            .comparisonBytes(3 * StreamContext.COMPARISON_BYTES_MIN).conclude().comparisonBytes());
    }
}
