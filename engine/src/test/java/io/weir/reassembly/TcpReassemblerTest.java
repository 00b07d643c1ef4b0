package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.weir.base.Counter;
import io.weir.event.Anomaly;
import io.weir.packet.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What reassembly makes of the data of a connection, case by case. */
class TcpReassemblerTest extends StreamCase {
    @Test
    void shouldHandOnDataInOrderPieceByPiece() {
        tcp.handshake();
        tcp.client.sends(0, "one");
        tcp.client.sends(3, "two");
        assertEquals(List.of("one", "two"), tcp.client.streams().get(0).pieces);
        assertCount(2, Counter.TCP_SEGMENTS_IN_ORDER);
        assertCount(6, Counter.TCP_BYTES_DELIVERED);
        assertEquals(List.of(), tcp.fixture.anomalies);
    }

    @Test
    void shouldGoOnWhereSequenceNumbersWrap() {
        tcp.initial(0xffff_fffaL, 0xffff_fffeL).handshake();
        tcp.client.sends(0, "0123456789");
        tcp.client.sends(13, "def");
        tcp.client.sends(10, "abc");
        tcp.client.sends(4, "456789abcdefg");
        tcp.server.acknowledged = 17;
        tcp.server.sends(0, "ok");
        assertEquals("0123456789abcdefg", tcp.client.stream());
        assertEquals("ok", tcp.server.stream());
    }

    @Test
    void shouldNoticeOneMissingByteExactlyWhereSequenceNumbersWrap() {
        tcp.initial(0xffff_fffcL, 0).handshake();
        tcp.client.sends(0, "ab");
        tcp.client.sends(3, "defg");
        assertEquals("ab", tcp.client.stream());
        tcp.client.sends(2, "c");
        assertEquals("abcdefg", tcp.client.stream());
    }

    @Test
    void shouldDeliverOnceWhenASegmentIsRetransmitted() {
        tcp.established();
        tcp.client.sends(1, "lient");
        tcp.client.sends(1, "lient");
        assertEquals("client", tcp.client.stream());
        assertCount(1, Counter.TCP_SEGMENTS_RETRANSMITTED);
        assertEquals(List.of(), tcp.fixture.anomalies);
    }

    @Test
    void shouldDeliverOnceWhenRetransmissionOverlaps() {
        tcp.established();
        tcp.client.sends(1, "lie");
        tcp.client.sends(0, "client");
        assertEquals("client", tcp.client.stream());
        assertCount(1, Counter.TCP_SEGMENTS_OVERLAPPING);
        assertEquals(List.of(), tcp.fixture.anomalies);
    }

    @Test
    void shouldPutSwappedSegmentsInOrder() {
        tcp.established();
        tcp.client.sends(7, "-go");
        tcp.client.sends(4, "nt-");
        tcp.client.sends(1, "lie");
        assertEquals("client--go", tcp.client.stream());
        assertCount(2, Counter.TCP_SEGMENTS_OUT_OF_ORDER);
        assertCount(0, Counter.TCP_BYTES_BUFFERED);
        assertCount(0, Counter.TCP_GAPS);
    }

    @Test
    void shouldKeepTheFirstOrTheLastCopyOfWhatWaitsByPolicy() {
        for (final OverlapPolicy policy : List.of(OverlapPolicy.FIRST, OverlapPolicy.LAST)) {
            with(new StreamContext().policies(TargetPolicies.of(policy)));
            tcp.established();
            tcp.client.sends(3, "OLD");
            tcp.client.sends(3, "NEW");
            tcp.client.sends(1, "--");
            assertEquals(policy == OverlapPolicy.FIRST ? "c--OLD" : "c--NEW", tcp.client.stream());
        }
    }

    @Test
    void shouldTellOfDifferentCopiesOfWhatWaitsWithBothHashes() {
        tcp.established();
        tcp.client.sends(3, "OLD");
        tcp.client.sends(3, "NEW");
        final StreamFixture.Found found = tcp.fixture.anomalies.get(0);
        assertEquals(Anomaly.STREAM_OVERLAP_DIFFERENT_DATA, found.anomaly());
        assertEquals(3, found.streamOffset());
        assertEquals(3, found.length());
        assertEquals(PieceFixture.hash("OLD"), found.keptHash());
        assertEquals(PieceFixture.hash("NEW"), found.refusedHash());
        assertCount(1, Counter.TCP_SEGMENTS_DIFFERING);
    }

    @Test
    void shouldRefuseASegmentWhoseTimeStampIsOld() {
        tcp.client.segment(-1).flags(2).timestamps(999, 0).send();
        tcp.server.segment(-1).flags(18).timestamps(1, 999).send();
        tcp.client.segment(0).timestamps(1_000, 1).data("new").send();
        tcp.client.segment(3).timestamps(900, 1).data("old").send();
        tcp.client.segment(3).timestamps(1_001, 1).data("er").send();
        assertEquals("newer", tcp.client.stream());
        assertFound(1, Anomaly.STREAM_OLD_TIMESTAMP);
        assertCount(1, Counter.TCP_OLD_TIMESTAMPS);
    }

    @Test
    void shouldTakeNoNoteOfTimeStampsThatNobodyOffered() {
        tcp.handshake();
        tcp.client.segment(0).timestamps(1_000, 1).data("ne").send();
        tcp.client.segment(2).timestamps(5, 1).data("w").send();
        assertEquals("new", tcp.client.stream());
    }

    @Test
    void shouldNotLetASegmentOutsideOfTheWindowMoveTheTimeStamp() {
        tcp.client.segment(-1).flags(2).timestamps(999, 0).send();
        tcp.server.segment(-1).flags(18).timestamps(1, 999).send();
        tcp.client.segment(0).timestamps(1_000, 1).data("ne").send();
        tcp.server.acks(2);
        tcp.client.segment(-100_000_000).timestamps(1_000_000, 1).send();
        tcp.client.segment(2).timestamps(1_001, 1).data("w").send();
        assertEquals("new", tcp.client.stream());
    }

    @Test
    void shouldNotTakeASegmentThatIpAnnouncesLongerThanItWas() {
        tcp.established();
        tcp.client.segment(1).data("lient").shorter(3).send();
        tcp.client.sends(1, "lient");
        assertEquals("client", tcp.client.stream());
        assertCount(1, Counter.TCP_LENGTHS_WRONG);
    }

    @Test
    void shouldFollowTimeStampsThatWrap() {
        tcp.handshake();
        tcp.client.segment(0).timestamps(0xffff_fff0L, 1).data("be").send();
        tcp.client.segment(2).timestamps(5, 1).data("hind").send();
        assertEquals("behind", tcp.client.stream());
    }

    @Test
    void shouldJudgeAWindowByItsScaleOnlyIfBothSidesOfferedOne() {
        for (final boolean both : new boolean[] {true, false}) {
            with(new StreamContext());
            tcp.client.segment(-1).flags(2).windowScale(7).send();
            final Segment synAck = tcp.server.segment(-1).flags(18);
            (both ? synAck.windowScale(7) : synAck).send();
            tcp.server.window = 4_000;
            tcp.client.acks(0);
            tcp.server.acks(0);
            tcp.client.sends(200_000, "far");
            assertCount(both ? 0 : 1, Counter.TCP_OUT_OF_WINDOW);
            assertFound(both ? 0 : 1, Anomaly.STREAM_OUT_OF_WINDOW);
        }
    }

    @Test
    void shouldPassOverAKeepAliveWithAByteOfGarbage() {
        tcp.established();
        tcp.client.sends(1, "lient");
        tcp.server.acks(6);
        tcp.client.sends(5, "\0");
        tcp.client.sends(6, "!");
        assertEquals("client!", tcp.client.stream());
        assertCount(1, Counter.TCP_KEEPALIVES);
        assertEquals(List.of(), tcp.fixture.anomalies);
    }

    @Test
    void shouldDeliverAWindowProbeOnlyOnceItIsAcknowledged() {
        tcp.established();
        tcp.server.window = 0;
        tcp.client.sends(1, "x".repeat(0xffff));
        tcp.server.acks(0x1_0000);
        tcp.client.sends(0x1_0000, "?");
        assertEquals(0x1_0000, tcp.client.streams().get(0).dataBytes);
        assertCount(1, Counter.TCP_WINDOW_PROBES);
        tcp.server.acks(0x1_0001);
        assertEquals(0x1_0001, tcp.client.streams().get(0).dataBytes);
    }

    @Test
    void shouldPreferWhatIsSentIntoTheWindowToARefusedProbe() {
        tcp.established();
        tcp.server.window = 0;
        tcp.client.sends(1, "x".repeat(0xffff));
        tcp.server.acks(0x1_0000);
        tcp.client.sends(0x1_0000, "?");
        tcp.server.window = 1_000;
        tcp.server.acks(0x1_0000);
        tcp.client.sends(0x1_0000, "!!");
        assertEquals("!!", tcp.client.stream().substring(0x1_0000));
    }

    @Test
    void shouldLeaveUrgentDataInTheStream() {
        tcp.established();
        tcp.client.segment(1).data("ab!").urgent(3).send();
        tcp.client.sends(4, "cd");
        assertEquals("cab!cd", tcp.client.stream());
        assertFound(1, Anomaly.STREAM_URGENT);
    }

    @Test
    void shouldLeaveTheUrgentByteOutWhenConfigured() {
        with(new StreamContext().urgentInline(false));
        tcp.established();
        tcp.client.segment(1).data("ab!").urgent(3).send();
        tcp.client.sends(4, "cd");
        assertEquals("cabcd", tcp.client.stream());
        assertCount(1, Counter.TCP_URGENT_BYTES);
    }

    @Test
    void shouldRefuseDataOutsideOfTheWindow() {
        tcp.established();
        tcp.client.sends(1 << 30, "evil");
        tcp.client.sends(1, "lient");
        assertEquals("client", tcp.client.stream());
        assertFound(1, Anomaly.STREAM_OUT_OF_WINDOW);
        assertCount(1, Counter.TCP_OUT_OF_WINDOW);
        assertCount(0, Counter.TCP_BYTES_BUFFERED);
    }

    @Test
    void shouldNotTakeDataWithoutAckUnlessItIsAcknowledged() {
        tcp.established();
        tcp.client.segment(1).flags(0).data("fake!").send();
        assertEquals("c", tcp.client.stream());
        tcp.client.sends(1, "lient");
        assertEquals("client", tcp.client.stream());
        assertFound(1, Anomaly.STREAM_DATA_WITHOUT_ACK);
    }

    @Test
    void shouldCountWrongChecksumsAndTakeTheDataAllTheSame() {
        tcp.established();
        tcp.client.segment(1).data("lient").wrongChecksum().send();
        assertEquals("client", tcp.client.stream());
        assertCount(1, Counter.TCP_CHECKSUMS_WRONG);
    }

    @Test
    void shouldNotTakeDataWithAWrongChecksumWhenItIsToBeVerified() {
        with(new StreamContext().checksums(StreamContext.Checksums.VERIFY));
        tcp.established();
        tcp.client.segment(1).data("?????").wrongChecksum().send();
        tcp.client.segment(1).data("lient").wrongChecksum().frameFlags(Frame.CHECKSUM_NOT_READY).send();
        assertEquals("client", tcp.client.stream());
        assertCount(1, Counter.TCP_CHECKSUMS_WRONG);
        assertFound(1, Anomaly.TCP_CHECKSUM_WRONG);
    }

    @Test
    void shouldTellAtOnceOfBytesTheCaptureCutOff() {
        tcp.established();
        tcp.client.segment(1).data("lient and more").cut(9).send();
        assertEquals("client[9]", tcp.client.stream());
        tcp.client.sends(15, "!");
        assertEquals("client[9]!", tcp.client.stream());
        assertCount(9, Counter.TCP_GAP_BYTES);
    }

    @Test
    void shouldFillWhatTheCaptureCutOffFromAnotherCopyThatWaits() {
        tcp.established();
        tcp.client.sends(6, " and more");
        tcp.client.segment(1).data("lient and more").cut(9).send();
        assertEquals("client and more", tcp.client.stream());
    }

    @Test
    void shouldHashDifferentBytesDifferently() {
        assertNotEquals(PieceFixture.hash("OLD"), PieceFixture.hash("NEW"));
    }
}
