package io.weir.flow;

import static io.weir.flow.FlowTableFixture.CLIENT;
import static io.weir.flow.FlowTableFixture.SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.event.FlowEvent;
import io.weir.packet.Frame;
import io.weir.packet.TunnelType;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlowTableTest {
    private final long inUseBefore = NativeMemory.inUse(NativeMemory.Tag.FLOW_TABLE);
    private final FlowTableFixture at = FlowTableFixture.ofFlows(1000);

    @AfterEach
    void leavesNoMemory() {
        at.close();
        assertEquals(inUseBefore, NativeMemory.inUse(NativeMemory.Tag.FLOW_TABLE));
    }

    @Test
    void shouldEndAllFlowsInOneOrderWhateverTheReason() {
        at.put(at.frames.udp(CLIENT, 1, SERVER, 53));
        at.put(at.frames.udp(CLIENT, 2, SERVER, 53));
        at.put(at.frames.at(25).udp(CLIENT, 1, SERVER, 53));
        at.put(at.frames.at(40).udp(CLIENT, 1, SERVER, 53));
        assertEquals(List.of("1 SHUTDOWN", "2 TIMEOUT"), at.endAll().stream()
            .map(row -> row.firstFrame() + " " + row.reason()).toList());
    }

    @Test
    void shouldKeepBothDirectionsInOneRecord() {
        final long handle = at.put(at.frames.udp(CLIENT, 40000, SERVER, 53));
        at.frames.at(0.5);
        assertEquals(handle, at.put(at.frames.udp(SERVER, 53, CLIENT, 40000)));
        assertEquals(handle, at.put(at.frames.udp(SERVER, 53, CLIENT, 40000)));
        final FlowRecords.FlowRow row = at.only(at.endAll());
        assertEquals(CLIENT, row.initiator());
        assertEquals(40000, row.initiatorPort());
        assertEquals(SERVER, row.responder());
        assertEquals(53, row.responderPort());
        assertEquals(1, row.framesOut());
        assertEquals(2, row.framesBack());
        assertEquals(100, row.bytesOut());
        assertEquals(200, row.bytesBack());
        assertEquals(1, row.firstFrame());
        assertEquals(row.firstFrame(), row.minor());
        assertEquals(4, row.sequence());
        assertEquals(Frames.START_NS, row.startNs());
        assertEquals(Frames.START_NS + 500_000_000, row.endNs());
        assertEquals(FlowState.ESTABLISHED, row.state());
        assertEquals(EndReason.SHUTDOWN, row.reason());
        assertEquals(0, at.table.size());
    }

    @Test
    void shouldGiveAFrameWithoutIpNoFlow() {
        assertEquals(FlowTable.NO_FLOW, at.put(at.frames.arp()));
        assertEquals(0, at.table.size());
    }

    @Test
    void shouldTellFlowsApartByEachPartOfTheKey() {
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        at.put(at.frames.udp(CLIENT, 1, SERVER, 3));
        at.put(at.frames.udp(CLIENT, 3, SERVER, 2));
        at.put(at.frames.udp(CLIENT, 2, SERVER, 1));
        at.put(at.frames.udp(CLIENT, 1, SERVER + 1, 2));
        at.put(at.frames.udp(CLIENT - 1, 1, SERVER, 2));
        at.put(at.frames.ipv4(132, CLIENT, 1, SERVER, 2));
        at.put(at.frames.ipv6(17, 0, CLIENT, 1, 0, SERVER, 2));
        at.put(at.frames.ipv6(17, 1, CLIENT, 1, 1, SERVER, 2));
        at.put(at.frames.ipv6(17, 0, CLIENT, 1, 1, SERVER, 2));
        Frame frame = at.frames.udp(CLIENT, 1, SERVER, 2);
        frame.vlanCount = 1;
        at.put(at.frames.rehashed());
        frame = at.frames.udp(CLIENT, 1, SERVER, 2);
        frame.vlanCount = 1;
        frame.vlanIds = 7;
        at.put(at.frames.rehashed());
        frame = at.frames.udp(CLIENT, 1, SERVER, 2);
        frame.tunnelId = 7;
        at.put(at.frames.rehashed());
        assertEquals(13, at.table.size());
        assertEquals(13, at.endAll().stream().map(FlowRecords.FlowRow::flowId).distinct().count());
    }

    @ParameterizedTest
    @EnumSource(value = TunnelType.class, names = {"GTP_U", "L2TP", "PPTP"})
    void shouldKeepBothDirectionsInOneRecordWhereEachHasATunnelIdOfItsOwn(final TunnelType type) {
        final int code = type.ordinal();
        Frame frame = at.frames.udp(CLIENT, 1, SERVER, 2);
        frame.tunnels = code;
        frame.capturedLength = 0;
        frame.tunnelId = 5;
        frame.vlanCount = 2;
        final long handle = at.put(at.frames.rehashed());
        frame = at.frames.udp(SERVER, 2, CLIENT, 1);
        frame.tunnels = code;
        frame.capturedLength = 0;
        frame.tunnelId = 6;
        frame.vlanCount = 2;
        assertEquals(handle, at.put(at.frames.rehashed()), "each direction has a tunnel endpoint of its own");
        frame = at.frames.udp(CLIENT, 1, SERVER, 2);
        frame.vlanCount = 2;
        assertNotEquals(handle, at.put(at.frames.rehashed()), "the same tuple outside a tunnel");
        at.table.endAll(9, Frames.START_NS);
        final FlowEvent event = new FlowEvent().wrap(at.ring.buffer(), at.ring.peek());
        assertEquals(5, event.tunnelId());
        assertEquals(2, event.vlanCount());
    }

    @Test
    void shouldLeaveVlanAndTunnelOutOfTheKeyWhenConfigured() {
        try (FlowTableFixture other = new FlowTableFixture(new FlowTableContext().vlanInKey(false).tunnelInKey(false)
            .memoryBytes(1 << 20))) {
            final long handle = other.put(other.frames.udp(CLIENT, 1, SERVER, 2));
            final Frame frame = other.frames.udp(CLIENT, 1, SERVER, 2);
            frame.vlanCount = 2;
            frame.vlanIds = 7 | 9 << 16;
            frame.tunnelId = 5;
            assertEquals(handle, other.put(other.frames.rehashed()));
        }
    }

    @Test
    void shouldEndAFlowAtLookUpWhenItsTimeOutHasPassed() {
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        at.frames.at(30);
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        assertTrue(at.records().isEmpty());
        at.frames.at(60.000_000_001);
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        final FlowRecords.FlowRow row = at.only(at.records());
        assertEquals(EndReason.TIMEOUT, row.reason());
        assertEquals(FlowState.NEW, row.state());
        assertEquals(2, row.framesOut());
        assertEquals(3, row.sequence());
        assertEquals(1, row.minor());
        assertEquals(3, at.only(at.endAll()).firstFrame());
    }

    @Test
    void shouldSweepFlowsNobodyAsksForInOrderOfTheirFirstFrames() {
        at.put(at.frames.udp(CLIENT, 9, SERVER, 2));
        at.put(at.frames.udp(CLIENT, 5, SERVER, 2));
        at.put(at.frames.udp(CLIENT, 7, SERVER, 2));
        at.frames.at(20);
        at.put(at.frames.udp(CLIENT, 5, SERVER, 2));
        assertTrue(at.tick(31).isEmpty());
        final List<FlowRecords.FlowRow> rows = at.tick(31.1);
        assertEquals(List.of(9, 7), rows.stream().map(FlowRecords.FlowRow::initiatorPort).toList());
        assertEquals(List.of(1L, 3L), rows.stream().map(FlowRecords.FlowRow::minor).toList());
        assertEquals(6, rows.get(0).sequence());
        assertEquals(EndReason.TIMEOUT, rows.get(0).reason());
        assertTrue(at.tick(51).isEmpty());
        assertEquals(5, at.only(at.tick(52)).initiatorPort());
        assertEquals(0, at.table.size());
        assertEquals(0, at.count(Counter.FLOWS_LIVE));
    }

    @Test
    void shouldKeepAFlowAliveWhenTheTraceStepsBack() {
        at.tick(1000);
        at.frames.at(0);
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        assertTrue(at.tick(1030).isEmpty());
        at.frames.at(29);
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        assertTrue(at.tick(1061).isEmpty(), "last seen when engine time was 1030");
        assertEquals(29_000_000_000L + Frames.START_NS, at.only(at.tick(1062)).endNs());
    }

    @Test
    void shouldKeepAFlowTogetherWhoseFirstFrameComesBeforeALeapInTimeIsTakenUp() {
        at.frames.at(0);
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        final double leap = 1e6;
        at.frames.at(leap);
        final Frame early = at.frames.udp(CLIENT, 3, SERVER, 4);
        early.timeNs = Frames.START_NS;
        at.put(early);
        assertEquals(1, at.tick(leap).size(), "the flow from before the leap");
        at.frames.at(leap + 1);
        at.put(at.frames.udp(CLIENT, 3, SERVER, 4));
        final FlowRecords.FlowRow row = at.only(at.endAll());
        assertEquals(2, row.framesOut());
        assertEquals(Frames.START_NS + Math.round(leap * 1e9), row.startNs());
    }

    @Test
    void shouldNotEndAFlowForASingleStampFarAhead() {
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        at.frames.at(1e9);
        final Frame wrong = at.frames.udp(CLIENT, 1, SERVER, 2);
        wrong.timeNs = Frames.START_NS;
        at.put(wrong);
        at.frames.at(1);
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        assertEquals(3, at.only(at.endAll()).framesOut());
    }

    @Test
    void shouldSweepInTimeAFlowThatLaggedBehindEngineTimeWhenItWasAnswered() {
        at.frames.at(1.2);
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        assertTrue(at.tick(10.5).isEmpty());
        at.frames.at(1.4);
        at.put(at.frames.udp(SERVER, 2, CLIENT, 1));
        at.frames.at(10.5);
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        assertTrue(at.tick(311.4).isEmpty());
        assertEquals(EndReason.TIMEOUT, at.only(at.tick(311.6)).reason());
    }

    @Test
    void shouldNotTimeOutAFlowWhoseFrameStepsBack() {
        at.frames.at(100);
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        at.frames.at(10);
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        final FlowRecords.FlowRow row = at.only(at.endAll());
        assertEquals(Frames.START_NS + 100_000_000_000L, row.startNs());
        assertEquals(row.startNs(), row.endNs());
    }

    @Test
    void shouldKeepTypesOfFirstIcmpMessageAndFirstAnswer() {
        at.put(at.frames.icmp(CLIENT, SERVER, 77, 8, 0));
        at.put(at.frames.icmp(SERVER, CLIENT, 77, 3, 13));
        at.put(at.frames.icmp(CLIENT, SERVER, 77, 13, 1));
        at.table.endAll(9, Frames.START_NS);
        final FlowEvent event = new FlowEvent().wrap(at.ring.buffer(), at.ring.peek());
        assertEquals(8, event.icmpType());
        assertEquals(0, event.icmpCode());
        assertEquals(3, event.icmpResponseType());
        assertEquals(13, event.icmpResponseCode());
        assertEquals(77, event.initiatorPort());
    }

    @Test
    void shouldWriteWhereAFlowWasSeenAndItsOuterAddresses() {
        try (NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.OTHER, 100, 8)) {
            final UnsafeBuffer bytes = new UnsafeBuffer(region.address(), 100);
            bytes.putByte(14, (byte) 0x45);
            bytes.putInt(26, 0xc0000201, java.nio.ByteOrder.BIG_ENDIAN);
            bytes.putInt(30, 0xc0000202, java.nio.ByteOrder.BIG_ENDIAN);
            final Frame frame = at.frames.udp(CLIENT, 1, SERVER, 2);
            frame.address = region.address();
            frame.outerIpOffset = 14;
            frame.tunnels = 6;
            frame.tunnelId = 0xabcdef01;
            frame.interfaceId = 65535;
            frame.vlanIds = 100 | 4094 << 16;
            frame.vlanCount = 2;
            at.put(at.frames.rehashed());
        }
        at.table.endAll(9, Frames.START_NS);
        final FlowEvent event = new FlowEvent().wrap(at.ring.buffer(), at.ring.peek());
        assertEquals(6, event.tunnels());
        assertEquals(0xabcdef01, event.tunnelId());
        assertEquals(4, event.tunnelIpVersion());
        assertEquals(0xc0000201L, event.tunnelSourceLo());
        assertEquals(0xc0000202L, event.tunnelDestinationLo());
        assertEquals(0, event.tunnelSourceHi());
        assertEquals(65535, event.interfaceId());
        assertEquals(100 | 4094 << 16, event.vlanIds());
        assertEquals(2, event.vlanCount());
        assertEquals(4, event.ipVersion());
        assertEquals(17, event.protocol());
    }

    @Test
    void shouldForgetTunnelsAndAnomaliesOfTheFlowThatHadTheRecordBefore() {
        final Frame frame = at.frames.udp(CLIENT, 1, SERVER, 2);
        frame.tunnels = 6;
        frame.outerIpOffset = -1;
        final long first = at.put(at.frames.rehashed());
        assertEquals(3, at.table.noteAnomalies(first, 3));
        assertEquals(4, at.table.noteAnomalies(first, 6));
        at.endAll();
        final long second = at.put(at.frames.udp(CLIENT, 3, SERVER, 4));
        assertEquals(first, second);
        assertEquals(2, at.table.noteAnomalies(second, 2));
        at.table.endAll(9, Frames.START_NS);
        final FlowEvent event = new FlowEvent().wrap(at.ring.buffer(), at.ring.peek());
        assertEquals(0, event.tunnels());
        assertEquals(0, event.tunnelIpVersion());
        assertEquals(3, event.firstFrame());
    }

    @Test
    void shouldCountTunnelledFlowsWhoseOuterHeaderIsCutOff() {
        final Frame frame = at.frames.udp(CLIENT, 1, SERVER, 2);
        frame.tunnels = 1;
        frame.outerIpOffset = 90;
        at.put(frame);
        assertEquals(1, at.count(Counter.TUNNEL_ENDPOINTS_LEFT_OUT));
        at.table.endAll(9, Frames.START_NS);
        final FlowEvent event = new FlowEvent().wrap(at.ring.buffer(), at.ring.peek());
        assertEquals(1, event.tunnels());
        assertEquals(0, event.tunnelIpVersion());
    }

    @Test
    void shouldTakeTheSameFlowsAnewAfterAllHaveEnded() {
        final int flows = 30;
        try (FlowTableFixture full = FlowTableFixture.ofFlows(flows)) {
            for (int round = 1; round <= 3; round++) {
                for (int i = 0; i < 2 * flows; i++) {
                    full.put(full.frames.udp(CLIENT, i % flows, SERVER, 2));
                }
                assertEquals(flows, full.table.size());
                assertEquals(List.of(2L), full.endAll().stream().map(FlowRecords.FlowRow::framesOut).distinct()
                    .toList());
                assertEquals(0, full.table.size());
                assertEquals((long) round * flows, full.count(Counter.FLOWS_STARTED));
            }
            assertEquals(0, full.count(Counter.FLOWS_EVICTED_UNESTABLISHED));
        }
    }

    @Test
    void shouldCountRecordsTheRingRefuses() {
        final int more = (1 << 20) / (FlowEvent.LENGTH + 24);
        try (FlowTableFixture large = FlowTableFixture.ofFlows(more)) {
            for (int i = 0; i < more; i++) {
                large.put(large.frames.udp(CLIENT, i, SERVER, 2));
            }
            final int written = large.endAll().size();
            assertTrue(written < more);
            assertEquals(more - written, large.count(Counter.RECORDS_REFUSED));
            assertEquals(more, large.count(Counter.FLOWS_STARTED));
        }
    }

    @Test
    void shouldGiveTheSameIdentifierInEveryRun() {
        at.put(at.frames.udp(CLIENT, 1, SERVER, 2));
        final long first = at.only(at.endAll()).flowId();
        try (FlowTableFixture other = new FlowTableFixture(new FlowTableContext().memoryBytes(1 << 20), 1 << 18, 99)) {
            other.put(other.frames.udp(CLIENT, 1, SERVER, 2));
            assertEquals(first, other.only(other.endAll()).flowId());
            other.put(other.frames.udp(CLIENT, 1, SERVER, 2));
            assertNotEquals(first, other.only(other.endAll()).flowId(), "a later flow with the same tuple");
        }
        assertTrue(first > 0 && first < 1L << 51);
        assertEquals(456_207_866_902_420L, first, "pinned: a change here changes every record ever written");
    }
}
