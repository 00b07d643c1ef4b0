package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.Counter;
import io.weir.event.Anomaly;
import io.weir.packet.TcpFlags;
import org.junit.jupiter.api.Test;

/** How streams end. */
class TcpClosingTest extends StreamCase {
    @Test
    void shouldEndAStreamAtItsFinAndLetTheOtherGoOn() {
        tcp.established();
        tcp.client.fin(1);
        tcp.server.acknowledged = 2;
        tcp.server.sends(1, "till on");
        assertEquals("c<fin>", tcp.client.stream());
        assertEquals("still on", tcp.server.stream());
    }

    @Test
    void shouldCountHowStreamsEnd() {
        tcp.established();
        tcp.client.fin(1);
        assertCount(1, Counter.TCP_STREAMS_CLOSED);
        tcp.server.resets(1);
        assertCount(1, Counter.TCP_STREAMS_RESET);
        final Conversation other = new Conversation(tcp.fixture, 7).handshake();
        other.client.sends(0, "hello");
        tcp.fixture.endAll();
        assertCount(2, Counter.TCP_STREAMS_UNFINISHED);
        assertCount(1, Counter.TCP_STREAMS_CLOSED);
        assertCount(1, Counter.TCP_STREAMS_RESET);
    }

    @Test
    void shouldDeliverTheDataOfAFin() {
        tcp.established();
        tcp.client.segment(1).data("lient").fin().send();
        assertEquals("client<fin>", tcp.client.stream());
    }

    @Test
    void shouldEndWhenDataComesThatIsBeforeAnEarlyFin() {
        tcp.established();
        tcp.client.fin(6);
        assertEquals("c", tcp.client.stream());
        tcp.client.sends(1, "lient");
        assertEquals("client<fin>", tcp.client.stream());
    }

    @Test
    void shouldEndOnceWhenAFinIsRetransmitted() {
        tcp.established();
        tcp.client.fin(1);
        tcp.client.fin(1);
        tcp.server.acknowledged = 2;
        tcp.server.acks(2);
        tcp.client.fin(1);
        assertEquals("c<fin>", tcp.client.stream());
        assertFound(0, Anomaly.STREAM_DATA_AFTER_END);
    }

    @Test
    void shouldTellOfDataBehindAFin() {
        tcp.established();
        tcp.client.fin(1);
        tcp.client.sends(2, "more");
        assertEquals("c<fin>", tcp.client.stream());
        assertFound(1, Anomaly.STREAM_DATA_AFTER_END);
        assertCount(1, Counter.TCP_DATA_AFTER_END);
    }

    @Test
    void shouldNotTakeDataThatWaitsBehindAFin() {
        tcp.established();
        tcp.client.sends(5, "more");
        tcp.client.fin(3);
        tcp.client.sends(1, "li");
        assertEquals("cli<fin>", tcp.client.stream());
        assertCount(0, Counter.TCP_BYTES_BUFFERED);
    }

    @Test
    void shouldEndBothStreamsAtAResetWithTheNumberThatIsExpected() {
        tcp.established();
        tcp.client.resets(1);
        tcp.server.sends(1, "late");
        assertEquals("c<reset>", tcp.client.stream());
        assertEquals("s<reset>", tcp.server.stream());
    }

    @Test
    void shouldGoOnAfterAResetElsewhereInTheWindowWhichHostsChallenge() {
        tcp.established();
        tcp.client.resets(100);
        tcp.client.sends(1, "lient");
        assertEquals("client", tcp.client.stream());
        assertFound(1, Anomaly.STREAM_RESET_REFUSED);
        assertCount(1, Counter.TCP_RESETS_REFUSED);
    }

    @Test
    void shouldGoOnAfterAResetOutsideOfTheWindow() {
        tcp.established();
        tcp.client.resets(-10);
        tcp.client.resets(1_000_000);
        tcp.client.sends(1, "lient");
        assertEquals("client", tcp.client.stream());
        assertCount(2, Counter.TCP_RESETS_REFUSED);
    }

    @Test
    void shouldDeliverBehindAResetInDoubtOnlyWhatItsSenderAcknowledges() {
        tcp.established();
        tcp.client.sends(1, "lient");
        tcp.client.resets(1);
        tcp.server.sends(1, "erv");
        assertEquals("s", tcp.server.stream());
        tcp.client.acks(4);
        tcp.server.sends(4, "er");
        assertEquals("server", tcp.server.stream());
        assertEquals("client", tcp.client.stream());
        assertCount(1, Counter.TCP_RESETS_REFUSED);
    }

    @Test
    void shouldNotDeliverBehindAResetInDoubtWhatItsSenderNeverAcknowledges() {
        tcp.established();
        tcp.client.sends(1, "lient");
        tcp.client.resets(1);
        tcp.server.sends(1, "erv");
        tcp.fixture.endAll();
        assertEquals("s<shutdown>", tcp.server.stream());
    }

    @Test
    void shouldGoOnAfterAResetWithinTheWindowWhileDataWaits() {
        tcp.established();
        tcp.client.sends(2, "ient");
        tcp.client.resets(500);
        tcp.client.sends(1, "l");
        assertEquals("client", tcp.client.stream());
    }

    @Test
    void shouldNotTakeAResetBehindDataThatHostsDoNotTake() {
        tcp.established();
        tcp.client.segment(100).flags(0).data("junk").send();
        tcp.client.resets(104);
        tcp.client.sends(1, "lient");
        assertEquals("client", tcp.client.stream());
    }

    @Test
    void shouldNotEndAtAFinThatAcknowledgesWhatWasNeverSent() {
        tcp.established();
        tcp.client.segment(1).flags(17).acknowledgement(tcp.server.initial + 500_000_000L).send();
        tcp.client.sends(1, "lient");
        assertEquals("client", tcp.client.stream());
    }

    @Test
    void shouldNotEndAtAFinWithoutAcknowledgement() {
        tcp.established();
        tcp.client.segment(1).flags(1).send();
        tcp.client.sends(1, "lient");
        assertEquals("client", tcp.client.stream());
    }

    @Test
    void shouldEndAtTheTrueFinWhenDataWentPastAnEarlierOne() {
        tcp.established();
        tcp.client.fin(3);
        tcp.client.sends(1, "lient");
        tcp.client.fin(6);
        assertEquals("client<fin>", tcp.client.stream());
    }

    @Test
    void shouldEndAtItsFinWhateverElseEndsAStreamWhoseLastBytesAreMissing() {
        tcp.established();
        tcp.client.fin(6);
        tcp.server.acks(7);
        tcp.fixture.endAll();
        assertEquals("c[5]<fin>", tcp.client.stream());
    }

    @Test
    void shouldEndAStreamWhoseReceiverIsHeardForTheFirstTimeWithAReset() {
        tcp.client.syn();
        tcp.client.sends(0, "hello");
        tcp.server.segment(-1).acknowledgement(tcp.client.initial + 6).flags(TcpFlags.RST | TcpFlags.ACK).send();
        tcp.client.sends(5, "late");
        assertEquals("hello<reset>", tcp.client.stream());
    }

    @Test
    void shouldNotDeliverTheTextOfAReset() {
        tcp.established();
        tcp.client.segment(1).data("go away").flags(TcpFlags.RST | TcpFlags.ACK).send();
        assertEquals("c<reset>", tcp.client.stream());
    }

    @Test
    void shouldNotDeliverWhatWaitsWhenItsConnectionIsReset() {
        tcp.established();
        tcp.client.sends(5, "waits");
        tcp.server.resets(1);
        assertEquals("c<reset>", tcp.client.stream());
        assertCount(5, Counter.TCP_BYTES_NOT_TAKEN);
        assertCount(0, Counter.TCP_BYTES_BUFFERED);
    }

    @Test
    void shouldDeliverWhatWaitsAtTheEndOfATrace() {
        tcp.established();
        tcp.client.sends(5, "last");
        tcp.fixture.endAll();
        assertEquals("c[4]last<shutdown>", tcp.client.stream());
    }

    @Test
    void shouldNotDeliverWhatWaitsWhenItsReceiverHasShownThatItMissesWhatIsBefore() {
        tcp.established();
        tcp.client.sends(5, "last");
        tcp.server.acks(1);
        tcp.fixture.endAll();
        assertEquals("c<shutdown>", tcp.client.stream());
        assertCount(4, Counter.TCP_BYTES_NOT_TAKEN);
    }

    @Test
    void shouldTellOfBytesAtTheEndThatWereAcknowledgedAndNeverSeen() {
        tcp.established();
        tcp.server.acks(11);
        tcp.fixture.endAll();
        assertEquals("c[10]<shutdown>", tcp.client.stream());
    }

    @Test
    void shouldNotTakeTheAcknowledgementOfAFinThatWasNotSeenForAMissingByte() {
        tcp.established();
        tcp.server.acks(2);
        tcp.fixture.endAll();
        assertEquals("c<shutdown>", tcp.client.stream());
    }

    @Test
    void shouldEndAStreamThatFallsSilent() {
        tcp.established();
        tcp.after(3_000);
        assertEquals("c<timeout>", tcp.client.stream());
        assertEquals("s<timeout>", tcp.server.stream());
    }

    @Test
    void shouldEndAnUnwantedStreamAtItsFinAlthoughWhatWaitedWasThrownAway() {
        tcp.established();
        tcp.client.sends(5, "waits");
        tcp.fixture.reassembler.unwanted(tcp.client.number());
        tcp.client.fin(10);
        assertEquals("c<fin>", tcp.client.stream());
    }
}
