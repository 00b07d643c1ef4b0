package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.InspectedTrace;
import io.weir.Json;
import io.weir.engine.MemorySource;
import io.weir.protocol.WireTalk.Form;
import io.weir.protocol.application.ApplicationTable;
import io.weir.protocol.quic.Initials;
import io.weir.protocol.tls.Hellos;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However an exchange is cut into records, segments and fragments, in whatever order they come and on whatever port:
 * through the whole engine it gives the records of its plain form.
 */
final class EvasionTest {
    private static final int ODD_PORT = 31_337;
    /** What depends on frames and ports, and not on what was said. */
    private static final Set<String> ACCIDENTAL = Set.of("timestamp", "flow_id", "pcap_cnt", "community_id",
        "src_port", "dest_port", "http_port");

    /** Protocols whose first messages are too much like anything else. */
    private static final Set<String> BY_PORT = Set.of("mdns", "llmnr", "rexec");

    static List<SampleTalk> talks() {
        return SampleTalk.all();
    }

    static List<SampleTalk> streams() {
        return SampleTalk.all().stream().filter(talk -> !talk.isUdp()).toList();
    }

    @ParameterizedTest
    @MethodSource("talks")
    void shouldRecogniseThePlainForm(final SampleTalk talk) {
        assertTrue(protocols(plain(talk)).contains(talk.protocol()), plain(talk).records().toString());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldReadTheSameFromBytesOneByOne(final SampleTalk talk) {
        assertSame(talk, Form.BYTE_BY_BYTE);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldReadTheSameFromSwappedHalves(final SampleTalk talk) {
        assertSame(talk, Form.HALVES_SWAPPED);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldReadTheSameFromSegmentsInReverse(final SampleTalk talk) {
        assertSame(talk, Form.REVERSED);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void shouldReadTheSameFromOverlappingSegments(final SampleTalk talk) {
        assertSame(talk, Form.OVERLAPPING);
    }

    @ParameterizedTest
    @MethodSource("talks")
    void shouldReadTheSameFromFragments(final SampleTalk talk) {
        assertSame(talk, Form.FRAGMENTED);
        assertSame(talk, Form.FRAGMENTS_REVERSED);
    }

    @ParameterizedTest
    @MethodSource("talks")
    void shouldReadTheSameOnAnOddPort(final SampleTalk talk) {
        final InspectedTrace odd = play(talk.on(new WireTalk(Form.PLAIN), ODD_PORT));
        if (BY_PORT.contains(talk.protocol())) {
            assertFalse(protocols(odd).contains(talk.protocol()), "says enough of itself elsewhere too");
            return;
        }
        assertEquals(essence(plain(talk).transactions()), essence(odd.transactions()));
        assertEquals(protocols(plain(talk)), protocols(odd));
    }

    @ParameterizedTest
    @MethodSource("hellosInRecords")
    void shouldReadTheSameHelloFromSeveralRecords(final List<byte[]> records) {
        final WireTalk wire = new WireTalk(Form.PLAIN).tcp(40_000, 443);
        records.forEach(record -> wire.says(true, record));
        final WireTalk whole = new WireTalk(Form.PLAIN).tcp(40_000, 443)
            .says(true, SampleTalk.record(SampleTalk.clientHello())).close();
        final List<Map<String, Object>> expected = essence(play(whole).transactions());
        assertFalse(expected.isEmpty());
        assertEquals(expected, essence(play(wire.close()).transactions()));
    }

    static Stream<List<byte[]>> hellosInRecords() {
        final byte[] hello = SampleTalk.clientHello();
        return Stream.of(1, 3, 4, 40, 100).map(size -> {
            final List<byte[]> records = new ArrayList<>();
            for (int from = 0; from < hello.length; from += size) {
                records.add(SampleTalk.record(Arrays.copyOfRange(hello, from, Math.min(hello.length, from + size))));
            }
            return records;
        });
    }

    @ParameterizedTest
    @MethodSource("hellosInDatagrams")
    void shouldReadTheSameHelloFromFramesOfQuic(final List<byte[]> datagrams) {
        final byte[] hello = DatagramTalks.quicHello();
        final List<Map<String, Object>> expected =
            essence(play(quic(Form.PLAIN, List.of(initial(whole(hello))))).transactions());
        assertEquals(1, expected.size());
        for (final Form form : List.of(Form.PLAIN, Form.FRAGMENTED, Form.FRAGMENTS_REVERSED)) {
            assertEquals(expected, essence(play(quic(form, datagrams)).transactions()), form.toString());
        }
    }

    private static WireTalk quic(final Form form, final List<byte[]> datagrams) {
        final WireTalk wire = new WireTalk(form).udp(40_000, 443);
        datagrams.forEach(datagram -> wire.says(true, datagram));
        return wire;
    }

    private static byte[] initial(final byte[]... frames) {
        return new Initials(1, true).seal(DatagramTalks.LEAST_INITIAL, frames);
    }

    private static byte[] whole(final byte[] hello) {
        return Initials.crypto(hello, 0, hello.length);
    }

    /** A hello in overlapping frames, in and out of order, in one packet, in several and in several datagrams. */
    static Stream<List<byte[]>> hellosInDatagrams() {
        final byte[] hello = DatagramTalks.quicHello();
        final List<byte[]> frames = new ArrayList<>();
        for (int from = 0; from < hello.length; from += 10) {
            frames.add(Initials.crypto(hello, Math.max(0, from - 3), Math.min(hello.length, from + 10)));
        }
        final List<byte[]> reversed = new ArrayList<>(frames);
        Collections.reverse(reversed);
        final byte[][] some = reversed.toArray(byte[][]::new);
        final byte[][] odd = IntStream.range(0, some.length).filter(i -> i % 2 == 1).mapToObj(i -> some[i])
            .toArray(byte[][]::new);
        final byte[][] even = IntStream.range(0, some.length).filter(i -> i % 2 == 0).mapToObj(i -> some[i])
            .toArray(byte[][]::new);
        final Initials one = new Initials(1, true);
        final Initials two = new Initials(1, true);
        final Initials three = new Initials(1, true);
        return Stream.of(List.of(initial(frames.toArray(byte[][]::new))), List.of(initial(some)),
            List.of(one.seal(DatagramTalks.LEAST_INITIAL, odd), one.seal(DatagramTalks.LEAST_INITIAL, even)),
            List.of(Hellos.join(two.seal(0, odd), two.seal(DatagramTalks.LEAST_INITIAL, even))),
            reversed.stream().map(frame -> three.seal(DatagramTalks.LEAST_INITIAL, frame)).toList());
    }

    private static void assertSame(final SampleTalk talk, final Form form) {
        final InspectedTrace other = play(talk.on(new WireTalk(form), talk.port()));
        assertEquals(essence(plain(talk).transactions()), essence(other.transactions()), form.toString());
        assertEquals(protocols(plain(talk)), protocols(other), form.toString());
    }

    private static InspectedTrace plain(final SampleTalk talk) {
        return play(talk.on(new WireTalk(Form.PLAIN), talk.port()));
    }

    private static InspectedTrace play(final WireTalk wire) {
        try (MemorySource source = new MemorySource(wire.frames(), 8, 64, false)) {
            return InspectedTrace.of(source, 1, ApplicationTable.standard());
        }
    }

    private static List<Map<String, Object>> essence(final List<String> lines) {
        final List<Map<String, Object>> events = new ArrayList<>();
        for (final String line : lines) {
            final Map<String, Object> event = new TreeMap<>(Json.object(line));
            event.keySet().removeAll(ACCIDENTAL);
            events.add(event);
        }
        return events;
    }

    private static List<?> protocols(final InspectedTrace trace) {
        assertEquals(1, trace.flows().size(), trace.flows().toString());
        return (List<?>) ((Map<?, ?>) Json.object(trace.flows().get(0)).get("weir")).get("protocols");
    }
}
