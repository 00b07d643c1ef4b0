package io.weir.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.event.AlertEvent;
import io.weir.event.ExpectationEvent;
import io.weir.event.FlowEvent;
import io.weir.event.TransactionEvent;
import io.weir.protocol.Confidence;
import io.weir.protocol.catalogue.Protocols;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class ExpectedFlowsTest {
    private static final long CLIENT = 0x0a000001;
    private static final long SERVER = 0x0a000002;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int DATA = 5;
    private static final int OTHER = 6;

    private final ExpectedFlows expected = new ExpectedFlows(16);

    @Test
    void shouldNameTheAnnouncedFlowAndWriteItsRecordOnce() {
        expected.announce(announcement(TCP, DATA, 2_000, 0, 10, "abc"));
        final FlowEvent flow = flow(TCP, CLIENT, 40_000, SERVER, 2_000, 11);
        flow.labels(FlowEvent.UNRECOGNISED | FlowEvent.ENCRYPTED, 3, 0);
        final TransactionEvent record = expected.decide(flow);
        assertNotNull(record);
        assertEquals(DATA, flow.protocolNumber(0));
        assertEquals(Confidence.EXPECTED.ordinal(), flow.confidence());
        assertEquals(FlowEvent.ENCRYPTED, flow.labelFlags());
        assertEquals(3, flow.hints());
        assertEquals(8, record.recordType());
        assertEquals(DATA, record.protocol());
        assertEquals(2_000, record.flow().responderPort());
        assertEquals("abc", record.buffer().getStringWithoutLengthAscii(record.fieldsOffset(), 3));
        assertEquals(flow.endNs(), record.stampNs());
        assertNull(expected.decide(flow(TCP, CLIENT, 40_001, SERVER, 2_000, 12)), "written once");
    }

    @Test
    void shouldNotLeaveAnAnnouncedFlowUnrecognisedThatGoesOn() {
        expected.announce(announcement(TCP, Protocols.all().get(0).id(), 2_000, 0, 10, ""));
        final FlowEvent flow = flow(TCP, CLIENT, 40_000, SERVER, 2_000, 11);
        flow.labels(FlowEvent.UNRECOGNISED | FlowEvent.ENCRYPTED, 3, 0);
        assertTrue(expected.isAnnounced(flow, Protocols.all().get(0), null, null));
        assertEquals(FlowEvent.ENCRYPTED, flow.labelFlags());
        assertEquals(3, flow.hints());
    }

    @Test
    void shouldLeaveWhatContentSaid() {
        expected.announce(announcement(TCP, DATA, 2_000, 0, 10, "abc"));
        final FlowEvent flow = flow(TCP, CLIENT, 40_000, SERVER, 2_000, 11);
        flow.protocols(OTHER, 0, Confidence.CONTENT.ordinal());
        assertNotNull(expected.decide(flow));
        assertEquals(OTHER, flow.protocolNumber(0));
        assertEquals(Confidence.CONTENT.ordinal(), flow.confidence());
        final FlowEvent byPort = flow(TCP, CLIENT, 40_001, SERVER, 2_000, 11);
        byPort.protocols(OTHER, 0, Confidence.PORT.ordinal());
        expected.decide(byPort);
        assertEquals(DATA, byPort.protocolNumber(0), "a port says less than an announcement");
    }

    @Test
    void shouldAskForAddressPortsTransportAndOrder() {
        expected.announce(announcement(TCP, DATA, 2_000, 20, 10, ""));
        assertEquals(0, decided(flow(TCP, CLIENT, 20, SERVER, 2_001, 11)), "another port");
        assertEquals(0, decided(flow(TCP, CLIENT, 21, SERVER, 2_000, 11)), "another port of who comes");
        assertEquals(0, decided(flow(TCP, CLIENT + 1, 20, SERVER, 2_000, 11)), "another host comes");
        assertEquals(0, decided(flow(UDP, CLIENT, 20, SERVER, 2_000, 11)), "another transport");
        assertEquals(0, decided(flow(TCP, CLIENT, 20, SERVER, 2_000, 8)), "over before it was announced");
        final FlowEvent late = flow(TCP, CLIENT, 20, SERVER, 2_000, 11);
        late.identity(1, ExpectedFlows.LIFETIME_NS + 11, ExpectedFlows.LIFETIME_NS + 12, 11);
        assertEquals(0, decided(late), "too late");
        assertEquals(DATA, decided(flow(TCP, CLIENT, 20, SERVER, 2_000, 11)));
    }

    @Test
    void shouldTellConnectionsOfOnePortApartThatAreThereBeforeTheirAnnouncement() {
        expected.announce(announcement(TCP, DATA, 2_000, 0, 10, "one"));
        assertEquals("one", told(lasting(9, 11)));
        expected.announce(announcement(TCP, DATA, 2_000, 0, 20, "two"));
        expected.announce(announcement(TCP, DATA, 2_000, 0, 30, "three"));
        assertEquals("two", told(lasting(19, 40)), "the first from within it");
        assertEquals("three", told(lasting(29, 40)));
    }

    @Test
    void shouldNotTakeAFlowThatGoesOnForOneWhoseEndIsNotKnownYet() {
        expected.announce(announcement(TCP, DATA, 2_000, 0, 10, "one"));
        assertEquals("one", announced(lasting(9, 11)));
        assertEquals("one", announced(lasting(12, 13)));
        expected.announce(announcement(TCP, DATA, 2_000, 0, 20, "two"));
        assertEquals("two", announced(lasting(19, 21)));
    }

    private String announced(final FlowEvent flow) {
        final ExpectationEvent event = expected.announcement(flow);
        return event.buffer().getStringWithoutLengthAscii(ExpectationEvent.HEAD_LENGTH, event.fieldsLength());
    }

    private String told(final FlowEvent flow) {
        final TransactionEvent record = expected.decide(flow);
        return record.buffer().getStringWithoutLengthAscii(record.fieldsOffset(), record.fieldsLength());
    }

    private static FlowEvent lasting(final long start, final long end) {
        final FlowEvent flow = flow(TCP, CLIENT, 40_000, SERVER, 2_000, start);
        flow.identity(1, start, end, start);
        return flow;
    }

    @Test
    void shouldFindMediaFromEitherSideAndAnyPeer() {
        expected.announce(announcement(UDP, DATA, 2_000, 0, 10, ""));
        assertEquals(DATA, decided(flow(UDP, 0x7f000001, 30_000, SERVER, 2_000, 11)), "from a relay");
        assertEquals(DATA, decided(flow(UDP, SERVER, 2_000, 0x7f000001, 30_000, 11)), "towards it");
    }

    @Test
    void shouldTakeTheNewestAnnouncementFromBeforeTheFlow() {
        expected.announce(announcement(TCP, DATA, 2_000, 0, 10, ""));
        expected.announce(announcement(TCP, OTHER, 2_000, 0, 20, ""));
        assertEquals(DATA, decided(flow(TCP, CLIENT, 40_000, SERVER, 2_000, 15)));
        assertEquals(OTHER, decided(flow(TCP, CLIENT, 40_000, SERVER, 2_000, 25)));
    }

    @Test
    void shouldLetTheOldestAnnouncementGiveWay() {
        for (int i = 0; i < 1_000; i++) {
            expected.announce(announcement(TCP, DATA, 2_000 + i % 100, 0, i + 1, ""));
        }
        for (int port = 2_000; port < 2_100; port++) {
            assertEquals(port < 2_084 ? 0 : DATA, decided(flow(TCP, CLIENT, 40_000, SERVER, port, 5_000)),
                "port " + port);
        }
    }

    @Test
    void shouldCountAnnouncementsThatGiveWayUnfollowed() {
        for (int i = 0; i < 16; i++) {
            expected.announce(announcement(TCP, DATA, 2_000 + i, 0, 10 + i, ""));
        }
        expected.decide(flow(TCP, CLIENT, 40_000, SERVER, 2_001, 40));
        for (int i = 0; i < 3; i++) {
            expected.announce(announcement(TCP, DATA, 3_000, 0, 50, ""));
        }
        assertEquals(2, expected.displaced(), "one of three was followed");
        expected.announce(announcement(TCP, DATA, 3_000, 0, 50 + ExpectedFlows.LIFETIME_NS, ""));
        assertEquals(2, expected.displaced(), "the fourth was too old to be followed");
        assertEquals(0, decided(flow(TCP, CLIENT, 40_000, SERVER, 2_003, 60)));
        assertEquals(DATA, decided(flow(TCP, CLIENT, 40_000, SERVER, 2_004, 60)));
    }

    @Test
    void shouldCountRecordsThatAreTooLong() {
        expected.announce(announcement(TCP, DATA, 2_000, 0, 10, "x".repeat(2_000)));
        final FlowEvent flow = flow(TCP, CLIENT, 40_000, SERVER, 2_000, 11);
        assertNull(expected.decide(flow));
        assertEquals(DATA, flow.protocolNumber(0));
        assertEquals(1, expected.cut());
    }

    @Test
    void shouldTellInAlertsWhatTheAnnouncementSays() {
        final AnnouncedAlerts alerts = new AnnouncedAlerts(expected);
        final AlertEvent alert = alert(flow(TCP, CLIENT, 40_000, SERVER, 2_000, 11));
        assertSame(alert, alerts.with(alert), "nobody announced it");
        expected.announce(announcement(TCP, DATA, 2_000, 0, 10, "abc"));
        final AlertEvent told = alerts.with(alert);
        assertEquals(DATA, told.flow().protocolNumber(0));
        assertEquals(8, told.recordType());
        assertEquals(AlertEvent.NO_TRANSACTION, told.transaction());
        assertEquals("abc", part(told, told.fieldsOffset(), told.fieldsLength()));
        assertEquals("", part(told, told.filesOffset(), told.filesLength()));
        assertEquals("x\n", part(told, told.bitsOffset(), told.bitsLength()));
        assertEquals("payload", part(told, told.payloadOffset(), told.payloadLength()));
        assertEquals("packet", part(told, told.packetOffset(), told.packetLength()));
        final AlertEvent ofContent = alert(flow(TCP, CLIENT, 40_000, SERVER, 2_000, 11));
        ofContent.flow().protocols(OTHER, 0, Confidence.CONTENT.ordinal());
        assertSame(ofContent, alerts.with(ofContent));
        alert.transaction(0, 3, OTHER);
        assertSame(alert, alerts.with(alert), "it has a record");
    }

    private static AlertEvent alert(final FlowEvent flow) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[AlertEvent.HEAD_LENGTH + 15]);
        flow.copyIdentityTo(buffer, 0);
        final AlertEvent alert = new AlertEvent().wrap(buffer, 0, 0, 0, 2, 7, 6);
        alert.transaction(AlertEvent.NO_TRANSACTION, AlertEvent.NO_RECORD, 0);
        buffer.putStringWithoutLengthAscii(AlertEvent.HEAD_LENGTH, "x\npayloadpacket");
        return alert;
    }

    private static String part(final AlertEvent alert, final int offset, final int length) {
        return alert.buffer().getStringWithoutLengthAscii(offset, length);
    }

    private int decided(final FlowEvent flow) {
        expected.decide(flow);
        return flow.protocolNumber(0);
    }

    private static ExpectationEvent announcement(final int transport, final int protocol, final int port,
        final int peerPort, final long frame, final String fields) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[ExpectationEvent.HEAD_LENGTH + fields.length()]);
        final ExpectationEvent event = new ExpectationEvent().wrap(buffer, 0, fields.length());
        event.announced(4, transport, protocol, fields.isEmpty() ? 0 : 9);
        event.waiting(0, SERVER, port);
        event.coming(0, CLIENT, peerPort);
        event.saidBy(frame, frame, false);
        buffer.putStringWithoutLengthAscii(ExpectationEvent.HEAD_LENGTH, fields);
        return event;
    }

    private static FlowEvent flow(final int transport, final long initiator, final int from, final long responder,
        final int to, final long firstFrame) {
        final FlowEvent event = new FlowEvent().wrap(new UnsafeBuffer(new byte[FlowEvent.LENGTH]), 0);
        event.identity(1, firstFrame, firstFrame + 1, firstFrame);
        event.initiator(0, initiator, from);
        event.responder(0, responder, to);
        event.protocol(4, transport);
        return event;
    }
}
