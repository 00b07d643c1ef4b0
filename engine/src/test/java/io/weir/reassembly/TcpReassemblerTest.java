package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.packet.TcpFlags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What reassembly makes of a connection, case by case. */
class TcpReassemblerTest {
    private final long memoryBefore = NativeMemory.inUse();
    private final Conversation tcp = new Conversation();

    @AfterEach
    void leavesNoMemory() {
        tcp.close();
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    // ---- opening ----------------------------------------

    @Test
    void shouldStartAtTheFirstDataOfAConnectionTakenUpInTheMiddle() {
        tcp.client.sends(1_000, "hello");
        tcp.client.sends(1_005, "world");
        assertEquals("helloworld", tcp.client.stream());
        assertEquals(1, tcp.count(Counter.TCP_MIDSTREAM));
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
        assertEquals(5, tcp.count(Counter.TCP_BYTES_NOT_TAKEN));
    }

    // ---- end ----------------------------------------

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
        assertEquals(4, tcp.count(Counter.TCP_BYTES_NOT_TAKEN));
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
