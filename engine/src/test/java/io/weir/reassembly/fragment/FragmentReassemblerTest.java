package io.weir.reassembly.fragment;

import static io.weir.reassembly.fragment.ReassemblyFixture.SECOND;
import static io.weir.reassembly.fragment.ReassemblyFixture.has;
import static io.weir.reassembly.fragment.ReassemblyFixture.isRebuilt;
import static io.weir.reassembly.fragment.ReassemblyFixture.packet;
import static io.weir.reassembly.fragment.ReassemblyFixture.payload;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.event.Anomaly;
import io.weir.packet.ChecksumVerdict;
import io.weir.packet.Frame;
import io.weir.packet.LayerType;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TransportChecksum;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FragmentReassemblerTest {
    private static final String A = "192.0.2.1";
    private static final String B = "198.51.100.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";

    private final long memoryBefore = NativeMemory.inUse();
    private ReassemblyFixture fixture;

    @BeforeEach
    void open() {
        fixture = new ReassemblyFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    private static byte[] udp(final int length) {
        return PacketBuilder.raw().ipv4(A, B).udp(4000, 53).payload(length).build();
    }

    private static byte[] udp6(final int length) {
        return PacketBuilder.raw().ipv6(A6, B6).udp(4000, 53).payload(length).build();
    }

    private static byte[] bytes(final int length, final int value) {
        final byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void shouldRebuildTheDatagramWithRightLengthsAndChecksums() {
        final byte[] whole = udp(100);
        final List<byte[]> fragments = Fragmented.packet(whole, 7, 48);
        assertFalse(isRebuilt(fixture.show(fragments.get(0))));
        assertFalse(isRebuilt(fixture.show(fragments.get(1))));
        final Frame frame = fixture.show(fragments.get(2));
        assertEquals(100, payload(frame).length);
        assertEquals(ChecksumVerdict.OK, TransportChecksum.verifyIpHeader(frame));
        assertEquals(ChecksumVerdict.OK, TransportChecksum.verify(frame));
        assertEquals(fragments.get(2).length, frame.wireLength);
        assertEquals(1, fixture.count(Counter.IP_DATAGRAMS_REBUILT));
        assertEquals(3, fixture.count(Counter.IP_FRAGMENTS));
        assertEquals(0, fixture.fragments.pending());
        assertEquals(0, frame.anomalies);
    }

    @Test
    void shouldRebuildAnIpv6DatagramWithoutTheFragmentHeader() {
        final byte[] whole = udp6(100);
        final List<byte[]> fragments = Fragmented.packet(whole, 0x8000_0007, 56);
        fixture.show(fragments.get(1));
        final Frame frame = fixture.show(fragments.get(0));
        assertArrayEquals(whole, packet(frame));
        assertEquals(ChecksumVerdict.OK, TransportChecksum.verify(frame));
    }

    @Test
    void shouldKeepTheHeadersInFrontOfAnIpv6FragmentHeader() {
        final byte[] first = PacketBuilder.raw().ipv6(A6, B6).extension(LayerType.IPV6_HOP_BY_HOP, new byte[6])
            .extension(LayerType.IPV6_DESTINATION, new byte[14]).ipv6Fragment(1, 0, true).udp(1, 2).force(4, 2, 24)
            .payload(8).build();
        final byte[] last = PacketBuilder.raw().ipv6(A6, B6).extension(LayerType.IPV6_HOP_BY_HOP, new byte[6])
            .ipv6Fragment(1, 16, false).force(0, 1, 17).payload(8).build();
        fixture.show(first);
        final Frame frame = fixture.show(last);
        assertEquals(16, payload(frame).length);
        assertEquals(4, frame.layerCount);
        assertEquals(LayerType.UDP, LayerType.of(frame.layer(3)));
        assertEquals(2, frame.destinationPort());
    }

    @Test
    void shouldPutFragmentsOfAnyOrderTogether() {
        final List<byte[]> fragments = Fragmented.packet(udp(100), 7, 40);
        fixture.show(fragments.get(2));
        fixture.show(fragments.get(0));
        assertArrayEquals(Arrays.copyOfRange(udp(100), 28, 128), payload(fixture.show(fragments.get(1))));
    }

    @Test
    void shouldPutLaterFragmentsIntoTheFlowOfTheFirst() {
        final List<byte[]> fragments = Fragmented.packet(udp(100), 7, 24);
        assertEquals(53, fixture.show(fragments.get(0)).destinationPort());
        final Frame later = fixture.show(fragments.get(2));
        assertTrue(later.hasFlow());
        assertEquals(4000, later.sourcePort());
        assertEquals(53, later.destinationPort());
        assertEquals(17, later.protocol);
        assertEquals(48, later.fragmentOffset);
        assertEquals(0, later.carriedFrames);
    }

    @Test
    void shouldLetTheFirstFragmentCarryThoseThatCameBefore() {
        final List<byte[]> fragments = Fragmented.packet(udp(100), 7, 24);
        assertFalse(fixture.show(fragments.get(1)).hasFlow());
        assertFalse(fixture.show(fragments.get(3)).hasFlow());
        final Frame first = fixture.show(fragments.get(0));
        assertTrue(first.hasFlow());
        assertEquals(2, first.carriedFrames);
        assertEquals(2 * 44, first.carriedBytes);
        assertEquals(0, fixture.show(fragments.get(2)).carriedFrames);
        assertEquals(0, fixture.count(Counter.IP_FRAGMENTS_WITHOUT_FLOW));
    }

    @Test
    void shouldCountFragmentsWhoseFirstNeverComes() {
        final List<byte[]> fragments = Fragmented.packet(udp(100), 7, 24);
        fixture.show(fragments.get(1));
        fixture.show(fragments.get(2));
        fixture.nowNs += 31 * SECOND + 1;
        fixture.show(Fragmented.packet(udp(100), 8, 24).get(0));
        assertEquals(2, fixture.count(Counter.IP_FRAGMENTS_WITHOUT_FLOW));
        assertEquals(1, fixture.count(Counter.IP_DATAGRAMS_TIMED_OUT));
    }

    @Test
    void shouldNotPutFragmentsTogetherAcrossTheTimeOut() {
        final List<byte[]> fragments = Fragmented.packet(udp(40), 7, 24);
        fixture.show(fragments.get(0));
        fixture.nowNs += 30 * SECOND + 1;
        assertFalse(isRebuilt(fixture.show(fragments.get(1))));
        assertEquals(1, fixture.count(Counter.IP_DATAGRAMS_TIMED_OUT));
        fixture.nowNs += 30 * SECOND;
        assertTrue(isRebuilt(fixture.show(fragments.get(0))));
    }

    @Test
    void shouldNotMixDatagramsThatDifferInProtocolIdDirectionVlanOrTunnel() {
        final byte[] one = Fragmented.piece(udp(40), 7, 0, 24);
        final byte[] two = Fragmented.piece(udp(40), 7, 24, 48);
        fixture.show(one);
        assertFalse(isRebuilt(fixture.show(Fragmented.piece(udp(40), 8, 24, 48))));
        assertFalse(isRebuilt(fixture.show(Fragmented.piece(
            PacketBuilder.raw().ipv4(B, A).udp(1, 2).payload(40).build(), 7, 24, 48))));
        assertFalse(isRebuilt(fixture.show(Fragmented.piece(
            PacketBuilder.raw().ipv4(A, B).protocol(6).payload(48).build(), 7, 24, 48))));
        assertFalse(isRebuilt(fixture.show(PacketBuilder.raw().ipv4("192.0.2.9", B).gre(5, 1)
            .layer(LayerType.IPV4, Arrays.copyOf(two, 20)).payload(Arrays.copyOfRange(two, 20, 44)).build())));
        fixture.linkType = LinkType.ETHERNET;
        assertFalse(isRebuilt(fixture.show(PacketBuilder.ethernet().vlan(5).etherType(0x800).payload(two).build())));
        assertTrue(isRebuilt(fixture.show(Fragmented.ethernet(two))));
    }

    @Test
    void shouldIgnoreTheProtocolInTheKeyOfIpv6() {
        final byte[] whole = udp6(40);
        fixture.show(Fragmented.piece(whole, 7, 0, 24));
        final byte[] last = Fragmented.piece(whole, 7, 24, 48);
        last[40] = 6;
        assertArrayEquals(whole, packet(fixture.show(last)));
    }

    @Test
    void shouldTellDatagramsApartByVlanOnlyIfConfigured() {
        fixture.close();
        fixture = new ReassemblyFixture(new FragmentContext().vlanInKey(false));
        fixture.linkType = LinkType.ETHERNET;
        fixture.show(Fragmented.ethernet(Fragmented.piece(udp(40), 7, 0, 24)));
        final Frame frame = fixture.show(PacketBuilder.ethernet().vlan(5).etherType(0x800)
            .payload(Fragmented.piece(udp(40), 7, 24, 48)).build());
        assertEquals(40, payload(frame).length);
        assertEquals(5, frame.vlanIds);
    }

    @Test
    void shouldPutAtomicFragmentsPastAllOthers() {
        final byte[] atomic = PacketBuilder.raw().ipv6(A6, B6).ipv6Fragment(7, 0, false).udp(1, 2).payload(8).build();
        fixture.show(Fragmented.piece(udp6(40), 7, 0, 24));
        final Frame frame = fixture.show(atomic);
        assertFalse(isRebuilt(frame));
        assertEquals(8, frame.payloadLength);
        assertEquals(1, fixture.count(Counter.IP_FRAGMENTS));
        assertTrue(isRebuilt(fixture.show(Fragmented.piece(udp6(40), 7, 24, 48))));
    }

    @Test
    void shouldTakeOptionsInEveryFragmentAndAFragmentedDatagramThatMustNotBe() {
        final byte[] whole = PacketBuilder.raw().ipv4(A, B).options((byte) 1, (byte) 1).udp(1, 2).payload(32).build();
        final byte[] first = Fragmented.piece(whole, 7, 0, 16);
        first[6] |= 0x40;
        fixture.show(first);
        final Frame frame = fixture.show(Fragmented.piece(whole, 7, 16, 40));
        assertEquals(32, payload(frame).length);
        assertEquals(24, frame.transportOffset);
        assertEquals(ChecksumVerdict.OK, TransportChecksum.verifyIpHeader(frame));
    }

    @Test
    void shouldTakeALastFragmentShorterThanEightBytes() {
        fixture.show(Fragmented.piece(udp(10), 7, 0, 16));
        assertEquals(10, payload(fixture.show(Fragmented.piece(udp(10), 7, 16, 18))).length);
    }

    @Test
    void shouldCutFragmentsOfOddLengthInIpv4AndDropThemInIpv6() {
        fixture.show(Fragmented.piece(udp(40), 7, 0, 27));
        assertTrue(isRebuilt(fixture.show(Fragmented.piece(udp(40), 7, 24, 48))));
        assertEquals(0, fixture.count(Counter.IP_FRAGMENTS_OVERLAPPING));
        final Frame odd = fixture.show(Fragmented.piece(udp6(40), 7, 0, 27));
        assertTrue(has(odd, Anomaly.IPV6_FRAGMENT_INVALID_LENGTH));
        assertEquals(0, fixture.fragments.pending());
        assertEquals(1, fixture.count(Counter.IP_FRAGMENTS_IGNORED));
    }

    @Test
    void shouldNameFragmentsWithoutData() {
        assertTrue(has(fixture.show(Fragmented.piece(udp(40), 7, 16, true)), Anomaly.IPV4_FRAGMENT_IGNORED));
        assertTrue(has(fixture.show(Fragmented.piece(udp6(40), 7, 16, false)), Anomaly.IPV6_FRAGMENT_IGNORED));
        assertEquals(0, fixture.fragments.pending());
        assertEquals(2, fixture.count(Counter.IP_FRAGMENTS_IGNORED));
        assertEquals(2, fixture.count(Counter.IP_FRAGMENTS_WITHOUT_FLOW));
    }

    @Test
    void shouldNotTakeWhatReachesBeyondTheLongestDatagram() {
        final Frame over = fixture.show(Fragmented.piece(udp(0), 7, 65_512, false, bytes(16, 1)));
        assertTrue(has(over, Anomaly.IPV4_FRAGMENT_TOO_LARGE));
        final Frame over6 = fixture.show(Fragmented.piece(udp6(0), 7, 65_528, false, bytes(16, 1)));
        assertTrue(has(over6, Anomaly.IPV6_FRAGMENT_TOO_LARGE));
        assertEquals(2, fixture.count(Counter.IP_FRAGMENTS_TOO_LARGE));
        assertEquals(0, fixture.fragments.pending());
    }

    @Test
    void shouldRebuildTheLongestDatagramsThereAre() {
        final byte[] four = PacketBuilder.raw().ipv4(A, B).udp(1, 2).payload(65_535 - 28).build();
        Frame frame = null;
        for (final byte[] fragment : Fragmented.packet(four, 7, 1480)) {
            frame = fixture.show(fragment);
        }
        assertEquals(65_535 - 28, payload(frame).length);
        final byte[] six = PacketBuilder.raw().ipv6(A6, B6).udp(1, 2).payload(65_535 - 8).build();
        for (final byte[] fragment : Fragmented.packet(six, 7, 1448)) {
            frame = fixture.show(fragment);
        }
        assertArrayEquals(six, packet(frame));
    }

    @Test
    void shouldRefuseADatagramThatTheHeaderOfTheFirstFragmentMakesTooLong() {
        fixture.show(Fragmented.piece(udp(0), 7, 65_504, false, bytes(8, 1)));
        final byte[] withOptions = PacketBuilder.raw().ipv4(A, B).options(new byte[40]).udp(1, 2).payload(0).build();
        for (int offset = 1424; offset < 65_504; offset += 1424) {
            fixture.show(Fragmented.piece(udp(0), 7, offset, true, bytes(Math.min(1424, 65_504 - offset), 2)));
        }
        final Frame frame = fixture.show(Fragmented.piece(withOptions, 7, 0, true, bytes(1424, 2)));
        assertFalse(isRebuilt(frame));
        assertTrue(has(frame, Anomaly.IPV4_FRAGMENT_TOO_LARGE));
        assertEquals(1, fixture.count(Counter.IP_DATAGRAMS_REFUSED));
        assertEquals(0, fixture.fragments.pending());
    }

    @Test
    void shouldHoldToTheFirstEndThatWasAnnounced() {
        final byte[] whole = udp(40);
        fixture.show(Fragmented.piece(whole, 7, 24, 48));
        assertTrue(has(fixture.show(Fragmented.piece(whole, 7, 24, false, bytes(16, 1))),
            Anomaly.FRAGMENT_END_CONFLICT));
        assertTrue(has(fixture.show(Fragmented.piece(whole, 7, 48, true, bytes(16, 1))),
            Anomaly.FRAGMENT_END_CONFLICT));
        assertArrayEquals(Arrays.copyOfRange(whole, 28, 68), payload(fixture.show(Fragmented.piece(whole, 7, 0, 24))));
    }

    @Test
    void shouldCountDuplicatesAndKeepThemOutOfTheDatagram() {
        final byte[] whole = udp(40);
        fixture.show(Fragmented.piece(whole, 7, 0, 24));
        final Frame again = fixture.show(Fragmented.piece(whole, 7, 0, 24));
        assertEquals(0, again.anomalies);
        assertTrue(again.hasFlow());
        assertEquals(40, payload(fixture.show(Fragmented.piece(whole, 7, 24, 48))).length);
        fixture.show(Fragmented.piece(udp6(40), 7, 0, 24));
        assertEquals(0, fixture.show(Fragmented.piece(udp6(40), 7, 0, 24)).anomalies);
        assertArrayEquals(udp6(40), packet(fixture.show(Fragmented.piece(udp6(40), 7, 24, 48))));
        assertEquals(2, fixture.count(Counter.IP_FRAGMENTS_DUPLICATE));
    }

    @Test
    void shouldDropAnIpv6DatagramWithOverlappingFragmentsAltogether() {
        final byte[] whole = udp6(56);
        fixture.show(Fragmented.piece(whole, 7, 0, 24));
        final Frame overlap = fixture.show(Fragmented.piece(whole, 7, 16, 40));
        assertTrue(has(overlap, Anomaly.IPV6_FRAGMENT_OVERLAP));
        assertTrue(overlap.hasFlow());
        assertFalse(isRebuilt(fixture.show(Fragmented.piece(whole, 7, 24, 64))));
        assertFalse(isRebuilt(fixture.show(Fragmented.piece(whole, 7, 0, 24))));
        assertEquals(1, fixture.count(Counter.IP_DATAGRAMS_REFUSED));
        assertEquals(2, fixture.count(Counter.IP_FRAGMENTS_IGNORED));
        // once its time has passed, the identification is free again
        fixture.nowNs += 31 * SECOND;
        fixture.show(Fragmented.piece(whole, 7, 0, 24));
        assertArrayEquals(whole, packet(fixture.show(Fragmented.piece(whole, 7, 24, 64))));
        assertEquals(0, fixture.count(Counter.IP_DATAGRAMS_TIMED_OUT));
    }

    @Test
    void shouldDropAnIpv6DatagramWhoseOverlapWouldHaveCompletedIt() {
        final byte[] whole = udp6(40);
        fixture.show(Fragmented.piece(whole, 7, 0, 24));
        assertFalse(isRebuilt(fixture.show(Fragmented.piece(whole, 7, 16, 48))));
        assertEquals(1, fixture.count(Counter.IP_DATAGRAMS_REFUSED));
    }

    @Test
    void shouldFlagATinyFirstFragmentAndPutTheDatagramTogether() {
        final byte[] whole = PacketBuilder.raw().ipv4(A, B).tcp(4000, 80).payload("GET").build();
        final Frame tiny = fixture.show(Fragmented.piece(whole, 7, 0, 8));
        assertTrue(has(tiny, Anomaly.FRAGMENT_TINY));
        assertFalse(tiny.hasFlow());
        final Frame frame = fixture.show(Fragmented.piece(whole, 7, 8, 23));
        assertEquals("GET", new String(payload(frame), StandardCharsets.US_ASCII));
        assertEquals(80, frame.destinationPort());
        assertEquals(1, frame.carriedFrames);
        assertEquals(1, fixture.count(Counter.IP_FRAGMENTS_TINY));
    }

    @Test
    void shouldLeaveOutATinyFirstFragmentOfIpv6AndTakeTheTrueOne() {
        final byte[] whole = udp6(40);
        assertTrue(has(fixture.show(Fragmented.piece(PacketBuilder.raw().ipv6(A6, B6)
            .tcp(4000, 80).payload(40).build(), 7, 0, 8)), Anomaly.FRAGMENT_TINY));
        fixture.show(Fragmented.piece(whole, 7, 0, 24));
        assertTrue(isRebuilt(fixture.show(Fragmented.piece(whole, 7, 24, 48))));
    }

    @Test
    void shouldDeliverWhatWasCapturedInFrontOfTheFirstCut() {
        final byte[] whole = udp(100);
        fixture.show(Fragmented.piece(whole, 7, 0, 48), 20 + 40);
        final Frame frame = fixture.show(Fragmented.piece(whole, 7, 48, 108), 20 + 30);
        assertArrayEquals(Arrays.copyOfRange(whole, 28, 28 + 32), payload(frame));
        assertEquals(68, frame.payloadMissing);
        assertEquals(0, frame.anomalies);
    }

    @Test
    void shouldFillWhatOneCopyLacksFromAnother() {
        final byte[] whole = udp(100);
        fixture.show(Fragmented.piece(whole, 7, 0, 48), 20 + 40);
        fixture.show(Fragmented.piece(whole, 7, 0, 48));
        final Frame frame = fixture.show(Fragmented.piece(whole, 7, 48, 108));
        assertEquals(100, payload(frame).length);
        assertEquals(0, fixture.count(Counter.IP_FRAGMENTS_DIFFERING));
    }

    @Test
    void shouldNotTakeWhatIpAnnouncesBeyondTheEndOfAWholeFrame() {
        final byte[] fragment = Fragmented.piece(udp(100), 7, 0, 48);
        final Frame frame = fixture.show(Arrays.copyOf(fragment, 60));
        assertTrue(has(frame, Anomaly.IPV4_FRAGMENT_IGNORED));
        assertEquals(0, fixture.fragments.pending());
    }

    @Test
    void shouldNotLetAFragmentSpeakOfTheEndOfAStream() {
        final byte[] whole = PacketBuilder.raw().ipv4(A, B).tcp(4000, 80).flags(0x1d).payload(100).build();
        assertEquals(0x18, fixture.show(Fragmented.piece(whole, 7, 0, 48)).tcpFlags);
        final Frame later = fixture.show(Fragmented.piece(whole, 7, 48, 96));
        assertEquals(0, later.tcpFlags);
        assertEquals(6, later.protocol);
        assertEquals(0x1d, fixture.show(Fragmented.piece(whole, 7, 96, 120)).tcpFlags);
    }

    @Test
    void shouldEnterATunnelOnceItsDatagramIsWhole() {
        final byte[] whole = PacketBuilder.raw().ipv4(A, B).udp(4000, 4789).vxlan(5).innerEthernet()
            .ipv4("10.0.0.1", "10.0.0.2").tcp(1234, 80).payload(100).build();
        final Frame first = fixture.show(Fragmented.piece(whole, 7, 0, 80));
        assertFalse(first.hasFlow(), "the flow is that of the inner packet");
        final Frame frame = fixture.show(Fragmented.piece(whole, 7, 80, whole.length - 20));
        assertEquals(100, payload(frame).length);
        assertEquals(80, frame.destinationPort());
        assertEquals(5, frame.tunnelId);
        assertEquals(1, frame.carriedFrames);
        assertEquals(100, frame.carriedBytes);
    }

    @Test
    void shouldPutFragmentsInsideAFragmentedTunnelTogether() {
        final byte[] inner = PacketBuilder.raw().ipv4("10.0.0.1", "10.0.0.2").udp(1234, 53).payload(200).build();
        int carried = 0;
        Frame frame = null;
        for (final byte[] innerPiece : Fragmented.packet(inner, 9, 104)) {
            final byte[] outer = PacketBuilder.raw().ipv6(A6, B6).protocol(4).payload(innerPiece).build();
            for (final byte[] outerPiece : Fragmented.packet(outer, carried, 64)) {
                frame = fixture.show(outerPiece);
                carried++;
                if (frame.hasFlow() && !isRebuilt(frame)) {
                    throw new AssertionError("an outer fragment has a flow");
                }
            }
        }
        assertArrayEquals(Arrays.copyOfRange(inner, 28, 228), payload(frame));
        assertEquals(53, frame.destinationPort());
        assertEquals(3, fixture.count(Counter.IP_DATAGRAMS_REBUILT));
        assertEquals(0, fixture.fragments.pending());
    }

    @Test
    void shouldPutFragmentsInsidePppoeTogetherWhateverItsLengthSays() {
        fixture.linkType = LinkType.ETHERNET;
        Frame frame = null;
        for (final byte[] fragment : Fragmented.packet(udp(300), 7, 104)) {
            frame = fixture.show(PacketBuilder.ethernet().pppoe(1).ppp().force(0, 2, 0x21).payload(fragment).build());
        }
        assertEquals(300, payload(frame).length);
    }

    @Test
    void shouldPutAFragmentInsideAFragmentTogether() {
        final byte[] whole = udp6(120);
        Frame frame = null;
        int id = 100;
        for (final byte[] inner : Fragmented.packet(whole, 7, 64)) {
            for (final byte[] outer : Fragmented.packet(inner, id, 40)) {
                frame = fixture.show(outer);
            }
            id++;
        }
        assertArrayEquals(whole, packet(frame));
    }

    @Test
    void shouldGiveUpTheOldestDatagramWhenMemoryRunsOut() {
        fixture.close();
        fixture = new ReassemblyFixture(new FragmentContext().memoryBytes(FragmentContext.MEMORY_BYTES_MIN));
        for (int id = 0; id < 5_000; id++) {
            fixture.show(Fragmented.piece(udp(40), id, 0, 24));
        }
        assertTrue(fixture.count(Counter.IP_DATAGRAMS_GIVEN_UP) > 4_000);
        assertEquals(5_000, fixture.count(Counter.IP_DATAGRAMS_GIVEN_UP) + fixture.fragments.pending());
        assertFalse(isRebuilt(fixture.show(Fragmented.piece(udp(40), 0, 24, 48))));
        assertTrue(isRebuilt(fixture.show(Fragmented.piece(udp(40), 4_999, 24, 48))));
    }

    @Test
    void shouldNotTakeMoreFragmentsOfADatagramThanConfigured() {
        fixture.close();
        fixture = new ReassemblyFixture(new FragmentContext().fragmentsPerDatagram(2));
        fixture.show(Fragmented.piece(udp(100), 7, 0, 24));
        fixture.show(Fragmented.piece(udp(100), 7, 24, 48));
        assertTrue(has(fixture.show(Fragmented.piece(udp(100), 7, 48, 108)), Anomaly.IPV4_FRAGMENT_IGNORED));
    }

    @Test
    void shouldSayThatTheBufferIsFullInsteadOfWaitingLive() {
        fixture.close();
        fixture = new ReassemblyFixture(new FragmentContext().memoryBytes(FragmentContext.MEMORY_BYTES_MIN));
        final byte[] whole = udp(60_000);
        int rebuilt = 0;
        for (int id = 0; id < 20; id++) {
            for (final byte[] fragment : Fragmented.packet(whole, id, 30_008)) {
                final Frame frame = fixture.decoded(fragment, fragment.length);
                assertTrue(fixture.fragments.onFragment(frame));
                assertTrue(frame.hasFlow());
                rebuilt += isRebuilt(frame) ? 1 : 0;
            }
        }
        assertEquals(8, rebuilt);
        assertEquals(rebuilt, fixture.count(Counter.IP_DATAGRAMS_REBUILT));
        assertEquals(20 - rebuilt, fixture.count(Counter.IP_DATAGRAMS_BUFFER_FULL));
    }

    @Test
    void shouldCountDatagramsLeftAtTheEnd() {
        fixture.show(Fragmented.piece(udp(40), 7, 0, 24));
        fixture.fragments.endAll();
        assertEquals(1, fixture.count(Counter.IP_DATAGRAMS_UNFINISHED));
        assertEquals(0, fixture.fragments.pending());
    }
}
