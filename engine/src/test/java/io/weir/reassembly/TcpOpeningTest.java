package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.Counter;
import io.weir.event.Anomaly;
import io.weir.packet.TcpFlags;
import org.junit.jupiter.api.Test;

/** Where the streams of a connection start. */
class TcpOpeningTest extends StreamCase {
    @Test
    void shouldDeliverBothDirectionsFromTheirFirstByte() {
        tcp.handshake();
        tcp.client.sends(0, "hello");
        tcp.server.acknowledged = 5;
        tcp.server.sends(0, "world");
        assertEquals("hello", tcp.client.stream());
        assertEquals("world", tcp.server.stream());
        assertCount(1, Counter.TCP_CONNECTIONS);
        assertCount(0, Counter.TCP_MIDSTREAM);
    }

    @Test
    void shouldHoldDataOfASynUntilItIsAcknowledged() {
        tcp.client.segment(-1).flags(TcpFlags.SYN).data("early").send();
        assertEquals("", tcp.client.stream());
        tcp.server.synAck();
        assertEquals("", tcp.client.stream());
        tcp.client.sends(0, "early!");
        assertEquals("early!", tcp.client.stream());
    }

    @Test
    void shouldDeliverDataOfASynThatIsAcknowledged() {
        tcp.client.segment(-1).flags(TcpFlags.SYN).data("early").send();
        tcp.server.acknowledged = 5;
        tcp.server.synAck();
        tcp.client.sends(5, "more");
        assertEquals("earlymore", tcp.client.stream());
    }

    @Test
    void shouldPreferWhatIsSentAfterTheHandshakeToWhatASynCarried() {
        tcp.client.segment(-1).flags(TcpFlags.SYN).data("fake").send();
        tcp.server.synAck();
        tcp.client.sends(0, "real");
        assertEquals("real", tcp.client.stream());
    }

    @Test
    void shouldOpenFromBothSidesAtOnce() {
        tcp.client.syn();
        tcp.server.syn();
        tcp.client.synAck();
        tcp.server.synAck();
        tcp.client.sends(0, "hello");
        tcp.server.sends(0, "world");
        assertEquals("hello", tcp.client.stream());
        assertEquals("world", tcp.server.stream());
    }

    @Test
    void shouldStartWithTheSecondSynOfAClientThatNobodyAnswered() {
        tcp.client.syn();
        tcp.client.initial += 70_000;
        tcp.handshake();
        tcp.client.sends(0, "hello");
        assertEquals("hello", tcp.client.stream());
    }

    @Test
    void shouldTakeARetransmittedSynForTheSame() {
        tcp.client.syn();
        tcp.client.syn();
        tcp.server.synAck();
        tcp.client.syn();
        tcp.client.sends(0, "hello");
        assertEquals("hello", tcp.client.stream());
        assertCount(1, Counter.TCP_CONNECTIONS);
    }

    @Test
    void shouldTellOfASynAckThatDiffersFromTheOneBefore() {
        tcp.handshake();
        tcp.server.initial += 1_000;
        tcp.server.synAck();
        tcp.server.initial -= 1_000;
        tcp.server.sends(0, "hello");
        assertEquals("hello", tcp.server.stream());
        assertFound(1, Anomaly.STREAM_SYNACK_CHANGED);
    }

    @Test
    void shouldFollowAConnectionOfWhichOnlyTheClientIsSeen() {
        tcp.client.syn();
        tcp.client.sends(0, "hello");
        tcp.client.acknowledged = 100;
        tcp.client.sends(5, "world");
        assertEquals("helloworld", tcp.client.stream());
    }

    @Test
    void shouldFollowAConnectionOfWhichOnlyTheServerIsSeen() {
        tcp.server.synAck();
        tcp.server.sends(0, "hello");
        tcp.server.sends(7, "!");
        tcp.server.sends(5, ", ");
        assertEquals("hello, !", tcp.server.stream());
    }

    @Test
    void shouldStartAtTheFirstDataOfAConnectionTakenUpInTheMiddle() {
        tcp.client.sends(1_000, "hello");
        tcp.client.sends(1_005, "world");
        assertEquals("helloworld", tcp.client.stream());
        assertCount(1, Counter.TCP_MIDSTREAM);
    }

    @Test
    void shouldLeaveConnectionsAloneWhoseStartWasNotSeenWhenConfigured() {
        with(new StreamContext().midstream(false));
        tcp.client.sends(1_000, "hello");
        tcp.server.sends(1_000, "world");
        assertEquals("", tcp.client.stream() + tcp.server.stream());
        assertCount(0, Counter.TCP_CONNECTIONS);
    }

    @Test
    void shouldKnowTheOtherStreamsStartFromItsAcknowledgement() {
        tcp.client.sends(0, "hello");
        tcp.server.acknowledged = 5;
        tcp.server.sends(3, "behind");
        tcp.server.sends(0, "not");
        assertEquals("notbehind", tcp.server.stream());
    }

    @Test
    void shouldDeliverDataThatWasAcknowledgedBeforeItWasSeen() {
        tcp.server.acknowledged = 14;
        tcp.server.sends(0, "s");
        tcp.client.sends(0, "swapped bytes!");
        assertEquals("swapped bytes!", tcp.client.stream());
    }

    @Test
    void shouldNotTakeAKeepAliveForTheStartOfAStream() {
        tcp.server.acknowledged = 14;
        tcp.server.sends(0, "s");
        tcp.client.sends(13, "?");
        tcp.client.sends(14, "data");
        assertEquals("data", tcp.client.stream());
    }

    @Test
    void shouldOpenAfterARefusalWithTheSameInitialNumber() {
        tcp.client.syn();
        tcp.server.segment(-1).flags(TcpFlags.RST | TcpFlags.ACK).send();
        tcp.handshake();
        tcp.client.sends(0, "again");
        assertEquals("again", tcp.client.stream());
    }

    @Test
    void shouldNotDeliverWhatCameWithARefusedSyn() {
        tcp.client.segment(-1).flags(TcpFlags.SYN).data("early").send();
        tcp.server.segment(-1).flags(TcpFlags.RST | TcpFlags.ACK).send();
        tcp.fixture.endAll();
        assertEquals("", tcp.client.stream());
        assertCount(5, Counter.TCP_BYTES_NOT_TAKEN);
    }

    @Test
    void shouldPassOverASynInTheMiddleOfAStream() {
        tcp.established();
        tcp.client.segment(10).flags(TcpFlags.SYN).data("evil").send();
        tcp.client.sends(1, "lient");
        assertEquals("client", tcp.client.stream());
    }

    @Test
    void shouldTellTwoConnectionsBetweenTheSameEndpointsApart() {
        tcp.established();
        tcp.client.fin(1);
        tcp.server.acknowledged = 2;
        tcp.server.fin(1);
        tcp.client.acks(2);
        tcp.client.initial += 100_000;
        tcp.server.initial += 100_000;
        tcp.client.acknowledged = 0;
        tcp.server.acknowledged = 0;
        tcp.handshake();
        tcp.client.sends(0, "second");
        assertEquals("c<fin>", tcp.client.streams().get(0).text());
        assertEquals("second", tcp.client.stream());
    }

    @Test
    void shouldTellAConnectionFromOneThatFellSilent() {
        tcp.established();
        tcp.after(3_000);
        tcp.client.initial += 100_000;
        tcp.server.initial += 100_000;
        tcp.client.acknowledged = 0;
        tcp.server.acknowledged = 0;
        tcp.handshake();
        tcp.client.sends(0, "second");
        assertEquals("c<timeout>", tcp.client.streams().get(0).text());
        assertEquals("second", tcp.client.stream());
    }
}
