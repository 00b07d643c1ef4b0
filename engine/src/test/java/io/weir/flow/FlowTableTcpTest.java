package io.weir.flow;

import static io.weir.flow.FlowTableFixture.CLIENT;
import static io.weir.flow.FlowTableFixture.SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.packet.Frame;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowTableTcpTest {
    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int PSH = 0x08;
    private static final int ACK = 0x10;
    /** Sequence numbers that wrap in the middle of the connection. */
    private static final int CLIENT_ISN = 0xffff_fff0;
    private static final int SERVER_ISN = 0x7fff_fff0;

    private final FlowTableFixture at = FlowTableFixture.ofFlows(100);

    @AfterEach
    void close() {
        at.close();
    }

    private void client(final int flags, final int sequence, final int acknowledgement, final int payload) {
        at.put(at.frames.tcp(CLIENT, 40000, SERVER, 8080, flags, CLIENT_ISN + sequence,
            SERVER_ISN + acknowledgement, payload));
    }

    private void server(final int flags, final int sequence, final int acknowledgement, final int payload) {
        at.put(at.frames.tcp(SERVER, 8080, CLIENT, 40000, flags, SERVER_ISN + sequence,
            CLIENT_ISN + acknowledgement, payload));
    }

    private void handshake() {
        client(SYN, 0, 0, 0);
        server(SYN | ACK, 0, 1, 0);
        client(ACK, 1, 1, 0);
    }

    private void talk() {
        client(ACK | PSH, 1, 1, 100);
        server(ACK | PSH, 1, 101, 1000);
        client(ACK, 101, 1001, 0);
    }

    private FlowRecords.FlowRow end() {
        return at.only(at.endAll());
    }

    private void expect(final TcpState state, final FlowState flowState) {
        final FlowRecords.FlowRow row = end();
        assertEquals(state, row.tcpState());
        assertEquals(flowState, row.state());
        assertEquals(CLIENT, row.initiator());
    }

    @Test
    void shouldSaySynSentUntilTheServerAnswers() {
        client(SYN, 0, 0, 0);
        client(SYN, 0, 0, 0);
        expect(TcpState.SYN_SENT, FlowState.NEW);
    }

    @Test
    void shouldSaySynRecvUntilTheClientAcknowledges() {
        client(SYN, 0, 0, 0);
        server(SYN | ACK, 0, 1, 0);
        expect(TcpState.SYN_RECV, FlowState.NEW);
    }

    @Test
    void shouldNotTakeASynAckThatAcknowledgesSomethingElse() {
        client(SYN, 0, 0, 0);
        server(SYN | ACK, 0, 77777, 0);
        expect(TcpState.SYN_SENT, FlowState.NEW);
    }

    @Test
    void shouldNotTakeAnAcknowledgementOfWhatTheServerNeverSent() {
        client(SYN, 0, 0, 0);
        server(SYN | ACK, 0, 1, 0);
        client(ACK, 1, 5000, 0);
        expect(TcpState.SYN_RECV, FlowState.NEW);
    }

    @Test
    void shouldEstablishByTheHandshake() {
        handshake();
        final FlowRecords.FlowRow row = end();
        assertEquals(TcpState.ESTABLISHED, row.tcpState());
        assertEquals(FlowState.ESTABLISHED, row.state());
        assertEquals(SYN | ACK, row.flagsOut());
        assertEquals(SYN | ACK, row.flagsBack());
    }

    @Test
    void shouldTakeTheReceiverOfASynAckForTheInitiator() {
        server(SYN | ACK, 0, 1, 0);
        client(ACK, 1, 1, 0);
        expect(TcpState.ESTABLISHED, FlowState.ESTABLISHED);
    }

    @Test
    void shouldPickUpAConnectionInTheMiddleAndTellTheServiceByItsPort() {
        server(ACK | PSH, 500, 900, 100);
        expect(TcpState.ESTABLISHED, FlowState.ESTABLISHED);
    }

    @Test
    void shouldEstablishWhenOnlyTheClientIsSeen() {
        client(SYN, 0, 0, 0);
        client(ACK, 1, 1, 0);
        expect(TcpState.ESTABLISHED, FlowState.ESTABLISHED);
    }

    @Test
    void shouldEstablishWhenOnlyTheServerIsSeen() {
        server(SYN | ACK, 0, 1, 0);
        server(ACK, 1, 101, 50);
        expect(TcpState.ESTABLISHED, FlowState.ESTABLISHED);
    }

    @Test
    void shouldCloseWhenTheClientEndsFirst() {
        handshake();
        talk();
        client(FIN | ACK, 101, 1001, 0);
        assertState(TcpState.CLOSE_WAIT);
        server(ACK, 1001, 102, 0);
        assertState(TcpState.CLOSE_WAIT);
        server(FIN | ACK, 1001, 102, 0);
        assertState(TcpState.LAST_ACK);
        client(ACK, 102, 1001, 0);
        assertState(TcpState.LAST_ACK);
        client(ACK, 102, 1002, 0);
        expect(TcpState.CLOSED, FlowState.CLOSED);
    }

    @Test
    void shouldCloseWhenTheServerEndsFirst() {
        handshake();
        talk();
        server(FIN | ACK, 1001, 101, 0);
        assertState(TcpState.FIN_WAIT1);
        client(ACK, 101, 1002, 0);
        assertState(TcpState.FIN_WAIT2);
        client(FIN | ACK, 101, 1002, 0);
        assertState(TcpState.TIME_WAIT);
        server(ACK, 1002, 102, 0);
        expect(TcpState.CLOSED, FlowState.CLOSED);
    }

    @Test
    void shouldGoThroughClosingWhenBothEndAtOnce() {
        handshake();
        talk();
        server(FIN | ACK, 1001, 101, 0);
        client(FIN | ACK, 101, 1001, 0);
        assertState(TcpState.CLOSING);
        client(ACK, 102, 1002, 0);
        assertState(TcpState.TIME_WAIT);
        server(ACK, 1002, 102, 0);
        expect(TcpState.CLOSED, FlowState.CLOSED);
    }

    private void assertState(final TcpState expected) {
        assertEquals(expected, at.table.tcpState(0));
    }

    @Test
    void shouldCloseByAPlausibleReset() {
        handshake();
        talk();
        server(RST, 1001, 0, 0);
        expect(TcpState.CLOSED, FlowState.CLOSED);
    }

    @Test
    void shouldIgnoreAResetOutsideTheWindow() {
        handshake();
        talk();
        server(RST, 900, 0, 0);
        server(RST, 1 << 28, 0, 0);
        client(RST | ACK, -5, 1001, 0);
        expect(TcpState.ESTABLISHED, FlowState.ESTABLISHED);
    }

    @Test
    void shouldCloseWhenTheServerRefuses() {
        client(SYN, 0, 0, 0);
        at.put(at.frames.tcp(SERVER, 8080, CLIENT, 40000, RST | ACK, 0, CLIENT_ISN + 1, 0));
        expect(TcpState.CLOSED, FlowState.CLOSED);
    }

    @Test
    void shouldIgnoreARefusalOfAnotherSyn() {
        client(SYN, 0, 0, 0);
        at.put(at.frames.tcp(SERVER, 8080, CLIENT, 40000, RST | ACK, 0, CLIENT_ISN + 2, 0));
        at.put(at.frames.tcp(SERVER, 8080, CLIENT, 40000, RST, 0, CLIENT_ISN + 1, 0));
        expect(TcpState.SYN_SENT, FlowState.NEW);
    }

    @Test
    void shouldStartAnewOnASynAfterTheEnd() {
        handshake();
        server(RST, 1, 0, 0);
        client(SYN, 5000, 0, 0);
        final FlowRecords.FlowRow old = at.only(at.records());
        assertEquals(EndReason.TCP_REUSE, old.reason());
        assertEquals(TcpState.CLOSED, old.tcpState());
        assertEquals(2, old.framesOut());
        assertEquals(5, old.sequence());
        assertEquals(1, old.minor());
        final FlowRecords.FlowRow row = end();
        assertEquals(TcpState.SYN_SENT, row.tcpState());
        assertEquals(5, row.firstFrame());
    }

    @Test
    void shouldTurnRoundWhenTheOtherSideReusesTheConnection() {
        handshake();
        server(RST, 1, 0, 0);
        server(SYN, 5000, 0, 0);
        assertEquals(EndReason.TCP_REUSE, at.only(at.records()).reason());
        assertEquals(SERVER, end().initiator());
    }

    @Test
    void shouldNotTakeARetransmittedSynForReuse() {
        handshake();
        client(SYN, 0, 0, 0);
        server(RST, 1, 0, 0);
        client(SYN, 0, 0, 0);
        assertTrue(at.records().isEmpty());
        assertEquals(4, end().framesOut());
    }

    @Test
    void shouldNotTakeASynOnALiveConnectionForReuse() {
        handshake();
        client(SYN, 5000, 0, 0);
        assertTrue(at.records().isEmpty());
        expect(TcpState.ESTABLISHED, FlowState.ESTABLISHED);
    }

    @Test
    void shouldStartAnewWhenASynOnALiveConnectionIsAnswered() {
        handshake();
        talk();
        client(SYN, 5_000_000, 0, 0);
        server(SYN | ACK, 7_000_000, 5_000_001, 0);
        client(ACK, 5_000_001, 7_000_001, 0);
        final List<FlowRecords.FlowRow> rows = at.records();
        assertEquals(EndReason.TCP_REUSE, at.only(rows).reason());
        expect(TcpState.ESTABLISHED, FlowState.ESTABLISHED);
    }

    @Test
    void shouldKnowWhoSentASynAfterTheFlowWasTurned() {
        turnAfterASynInMidstream();
        server(SYN | ACK, 7_000_000, 5_000_001, 0);
        assertEquals(EndReason.TCP_REUSE, at.only(at.records()).reason());
    }

    @Test
    void shouldNotStartAnewWhenTheSenderOfASynAnswersItItselfAfterTheFlowWasTurned() {
        turnAfterASynInMidstream();
        at.put(at.frames.tcp(CLIENT, 40000, SERVER, 8080, SYN | ACK, CLIENT_ISN + 5_000_000,
            CLIENT_ISN + 5_000_001, 0));
        assertTrue(at.records().isEmpty());
    }

    private void turnAfterASynInMidstream() {
        client(ACK, 1, 1, 10);
        server(ACK, 1, 11, 10);
        client(SYN, 5_000_000, 0, 0);
        at.table.turn(at.put(at.frames.tcp(SERVER, 8080, CLIENT, 40000, ACK, SERVER_ISN + 11, CLIENT_ISN + 11, 10)));
    }

    @Test
    void shouldStartAnewWhenTheNewConnectionsFirstByteHasTheNumberZero() {
        handshake();
        talk();
        client(SYN, -CLIENT_ISN - 1, 0, 0);
        server(SYN | ACK, 7_000_000, -CLIENT_ISN, 0);
        assertEquals(EndReason.TCP_REUSE, at.only(at.records()).reason());
    }

    @Test
    void shouldNotStartAnewWhenTheSenderOfASynAnswersItItself() {
        handshake();
        talk();
        client(SYN, 5_000_000, 0, 0);
        at.put(at.frames.tcp(CLIENT, 40000, SERVER, 8080, SYN | ACK, CLIENT_ISN + 5_000_000,
            CLIENT_ISN + 5_000_001, 0));
        expect(TcpState.ESTABLISHED, FlowState.ESTABLISHED);
    }

    @Test
    void shouldNotCloseByAResetThatIsOnlyNear() {
        handshake();
        talk();
        client(RST, 1_000, 0, 0);
        expect(TcpState.ESTABLISHED, FlowState.ESTABLISHED);
    }

    @Test
    void shouldTakeNothingFromASegmentThatItsReceiverRefuses() {
        handshake();
        final Frame reset = at.frames.tcp(CLIENT, 40000, SERVER, 8080, RST, CLIENT_ISN + 1, 0, 0);
        reset.flags |= Frame.REFUSED;
        at.put(reset);
        reset.flags &= ~Frame.REFUSED;
        final FlowRecords.FlowRow row = end();
        assertEquals(TcpState.ESTABLISHED, row.tcpState());
        assertEquals(3, row.framesOut());
    }

    @Test
    void shouldStartAnewAfterALongSilence() {
        handshake();
        talk();
        at.frames.at(61);
        client(SYN, 5_000_000, 0, 0);
        assertEquals(EndReason.TCP_REUSE, at.only(at.records()).reason());
    }

    @Test
    void shouldNotEndALiveConnectionBecauseItsInitiatorSeemsToGoOnFromAStraySyn() {
        handshake();
        talk();
        client(SYN, 5_000_000, 0, 0);
        client(ACK, 5_000_001, 1001, 10);
        expect(TcpState.ESTABLISHED, FlowState.ESTABLISHED);
    }

    @Test
    void shouldStartAnewOnASynThatItsSenderGoesOnFromWhereNobodyElseIsSeen() {
        client(SYN, 0, 0, 0);
        client(ACK, 1, 1, 10);
        client(SYN, 5_000_000, 0, 0);
        client(ACK, 5_000_001, 9_000_001, 10);
        assertEquals(EndReason.TCP_REUSE, at.only(at.records()).reason());
    }

    @Test
    void shouldNotTakeACopyOfASynThatCameAfterDataForReuse() {
        client(ACK, 1, 1, 10);
        client(SYN, 0, 0, 0);
        server(SYN | ACK, 0, 1, 0);
        server(RST, 1, 0, 0);
        client(SYN, 0, 0, 0);
        expect(TcpState.CLOSED, FlowState.CLOSED);
    }

    @Test
    void shouldApplyTheTimeOutOfTheState() {
        handshake();
        talk();
        assertTrue(at.tick(500).isEmpty());
        client(ACK, 101, 1001, 0);
        at.frames.at(501);
        server(RST, 1001, 0, 0);
        assertTrue(at.tick(562).isEmpty());
        final FlowRecords.FlowRow row = at.only(at.tick(562.1));
        assertEquals(EndReason.TIMEOUT, row.reason());
        assertEquals(TcpState.CLOSED, row.tcpState());
    }

    @Test
    void shouldKeepStateNoneForSegmentsThatOpenNothing() {
        at.put(at.frames.tcp(CLIENT, 40000, SERVER, 8080, 0, 1, 0, 0));
        at.put(at.frames.tcp(CLIENT, 40000, SERVER, 8080, FIN | PSH | 0x20, 1, 0, 0));
        expect(TcpState.NONE, FlowState.NEW);
    }

    @Test
    void shouldNeverThrowOnAnySequenceOfSegments() {
        final Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            final int flags = random.nextInt(256);
            final int sequence = random.nextBoolean() ? random.nextInt() : random.nextInt(2000);
            final int acknowledgement = random.nextBoolean() ? random.nextInt() : random.nextInt(2000);
            final int payload = random.nextInt(3) == 0 ? random.nextInt(70_000) : 0;
            final Frame frame = random.nextBoolean()
                ? at.frames.tcp(CLIENT, 40000, SERVER, 8080, flags, sequence, acknowledgement, payload)
                : at.frames.tcp(SERVER, 8080, CLIENT, 40000, flags, sequence, acknowledgement, payload);
            at.put(frame);
            at.records();
            assertEquals(1, at.table.size());
        }
        final List<FlowRecords.FlowRow> rows = at.endAll();
        assertEquals(1, rows.size());
    }
}
