package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.event.Anomaly;
import io.weir.packet.TcpFlags;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a stream goes on behind bytes that are missing. */
class StreamGapsTest extends StreamCase {
    @Test
    void shouldWaitForMissingBytesAsLongAsTheyAreNotAcknowledged() {
        tcp.established();
        tcp.client.sends(4, "nt");
        for (int i = 0; i < 100; i++) {
            tcp.server.acks(1);
        }
        tcp.after(10);
        tcp.client.sends(1, "lie");
        assertEquals("client", tcp.client.stream());
        assertCount(0, Counter.TCP_GAPS);
    }

    @Test
    void shouldFillAGapFromFramesThatTheCaptureSwapped() {
        tcp.established();
        tcp.client.sends(4, "nt");
        tcp.server.acks(6);
        tcp.client.sends(1, "lie");
        assertEquals("client", tcp.client.stream());
        assertFound(0, Anomaly.STREAM_GAP);
    }

    @Test
    void shouldGoOnSomeFramesAfterTheGapWasAcknowledged() {
        tcp.established();
        tcp.client.sends(4, "nt");
        tcp.server.acks(6);
        assertEquals("c", tcp.client.stream());
        for (int i = 0; i < WaitingData.GRACE_FRAMES; i++) {
            tcp.server.acks(6);
        }
        assertEquals("c[3]nt", tcp.client.stream());
        assertFound(1, Anomaly.STREAM_GAP);
        assertCount(1, Counter.TCP_GAPS);
        assertCount(3, Counter.TCP_GAP_BYTES);
        assertCount(0, Counter.TCP_BYTES_BUFFERED);
    }

    @Test
    void shouldGoOnSomeTimeAfterTheGapWasAcknowledged() {
        tcp.established();
        tcp.client.sends(4, "nt");
        tcp.server.acks(6);
        tcp.after(WaitingData.GRACE_MS / 1_000.0);
        tcp.server.acks(6);
        assertEquals("c[3]nt", tcp.client.stream());
    }

    @Test
    void shouldGoOnBehindSeveralGapsThatWereAcknowledged() {
        tcp.established();
        tcp.client.sends(2, "a");
        tcp.client.sends(4, "b");
        tcp.client.sends(7, "c");
        tcp.server.acks(5);
        tcp.after(1);
        tcp.server.acks(5);
        assertEquals("c[1]a", tcp.client.stream());
        for (int i = 0; i < WaitingData.FURTHER_GRACE_FRAMES; i++) {
            tcp.server.acks(5);
        }
        assertEquals("c[1]a[1]b", tcp.client.stream());
        tcp.client.sends(5, "xy");
        assertEquals("c[1]a[1]bxyc", tcp.client.stream());
    }

    @Test
    void shouldFillAFreshGapFromSwappedFramesAlthoughAnOlderOneHasHadItsGrace() {
        tcp.established();
        tcp.client.sends(2, "a");
        tcp.server.acks(3);
        tcp.after(1);
        tcp.server.acks(5);
        tcp.client.sends(5, "c");
        tcp.client.sends(3, "bb");
        assertEquals("c[1]abbc", tcp.client.stream());
    }

    @Test
    void shouldNotTakeWhatIsHeldBackForAGap() {
        tcp.client.segment(-1).flags(TcpFlags.SYN).data("early").send();
        tcp.server.synAck();
        for (int i = 0; i < 2 * WaitingData.GRACE_FRAMES; i++) {
            tcp.client.acks(0);
            tcp.server.acks(0);
        }
        assertFound(0, Anomaly.STREAM_GAP);
        tcp.server.acks(5);
        assertEquals("early", tcp.client.stream());
    }

    @Test
    void shouldNotDeliverLateBytesBehindADeclaredGap() {
        tcp.established();
        tcp.client.sends(4, "nt");
        tcp.server.acks(6);
        tcp.after(1);
        tcp.server.acks(6);
        tcp.client.sends(1, "lie");
        tcp.client.sends(6, "!");
        assertEquals("c[3]nt!", tcp.client.stream());
    }

    @Test
    void shouldGoOnWhenAStreamHasMoreWaitingThanItMay() {
        with(new StreamContext().streamBytes(2 * PieceStore.CHUNK_BYTES));
        tcp.client.acknowledging = false;
        tcp.client.syn();
        tcp.client.sends(10, "aa");
        tcp.client.sends(20, "bb");
        assertEquals("", tcp.client.stream());
        tcp.client.sends(30, "cc");
        assertEquals("[10]aa", tcp.client.stream());
        assertCount(1, Counter.TCP_STREAM_LIMIT_REACHED);
        assertTrue(tcp.count(Counter.TCP_BYTES_BUFFERED) <= 2 * PieceStore.CHUNK_BYTES);
    }

    @Test
    void shouldGiveUpTheNewestAtTheLimitWhileItsReceiverWaitsForWhatIsMissing() {
        with(new StreamContext().streamBytes(2 * PieceStore.CHUNK_BYTES));
        tcp.established();
        tcp.client.sends(3, "ie");
        tcp.client.sends(6, "!");
        tcp.server.acks(1);
        tcp.client.sends(8, "?");
        tcp.client.sends(1, "l?");
        assertEquals("cl?ie", tcp.client.stream());
        assertCount(1, Counter.TCP_BYTES_GIVEN_UP);
    }

    @Test
    void shouldTellACutInDataThatCameEarlyWithoutWaitingForAcknowledgements() {
        tcp.client.syn();
        tcp.client.segment(0).data("ab").cut(1).send();
        tcp.client.segment(4).data("ef").cut(1).send();
        tcp.client.segment(2).data("cd").cut(1).send();
        tcp.client.segment(6).data("gh").send();
        assertEquals("a[1]c[1]e[1]gh", tcp.client.stream());
    }

    @Test
    void shouldFollowAStreamToItsDepthOnly() {
        with(new StreamContext().depth(8));
        tcp.handshake();
        tcp.client.sends(0, "hello");
        tcp.client.sends(10, "!");
        tcp.client.sends(5, "world");
        tcp.client.sends(11, "more");
        assertEquals("hellowor<depth>", tcp.client.stream());
        assertCount(1, Counter.TCP_DEPTH_REACHED);
        assertCount(0, Counter.TCP_BYTES_BUFFERED);
    }

    @Test
    void shouldCountAGapIntoTheDepth() {
        with(new StreamContext().depth(8));
        tcp.established();
        tcp.client.sends(5, "abcdef");
        tcp.server.acks(11);
        tcp.after(1);
        tcp.server.acks(11);
        assertEquals("c[4]abc<depth>", tcp.client.stream());
    }

    @Test
    void shouldKeepNothingOfAStreamNobodyWants() {
        tcp.established();
        tcp.client.sends(5, "waits");
        tcp.fixture.reassembler.unwanted(tcp.client.number());
        assertCount(0, Counter.TCP_BYTES_BUFFERED);
        tcp.client.sends(20, "early");
        assertCount(0, Counter.TCP_BYTES_BUFFERED);
        tcp.client.sends(1, "lient");
        tcp.server.sends(1, "till on");
        tcp.client.fin(25);
        assertEquals("c<fin>", tcp.client.stream());
        assertEquals("still on", tcp.server.stream());
    }

    @Test
    void shouldReportNoGapWhereNoneIsToldSinceTheStreamWasPickedUp() {
        tcp.established();
        tcp.client.sends(4, "nt");
        tcp.server.acks(6);
        tcp.after(1);
        tcp.server.acks(6);
        final Conversation later = new Conversation(tcp.fixture, 2);
        later.server.acks(1);
        later.client.sends(9, "ahead");
        later.server.acks(14);
        later.after(1);
        later.server.acks(14);
        assertEquals(List.of("1+3"), tcp.fixture.anomalies.stream()
            .map(found -> found.streamOffset() + "+" + found.length()).toList());
        assertCount(1, Counter.TCP_GAPS);
    }
}
