package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.InspectedTrace;
import io.weir.Json;
import io.weir.engine.MemorySource;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.packet.PacketBuilder;
import io.weir.protocol.application.ApplicationTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protocols without ports, named by their number in the IP header: a message of each. */
final class IpProtocolsTest {
    @ParameterizedTest
    @CsvSource({
        // a hello that holds for 105 seconds, RFC 7761
        "103, pim, 2000 dd94 0001 0002 0069",
        // INIT, RFC 9260
        "132, sctp, 0b5a 0b5a 00000000 00000000 0100 0014 12345678 0000ffff 000a 000a 00000001",
        // a path message, RFC 2205
        "46, rsvp, 10 01 0000 ff 00 0014 000c 0101 0a000002 11 00 1388",
        // a hello with parameters, RFC 7868
        "88, eigrp, 02 05 eeca 00000000 00000000 00000000 00000001 0001 000c 01000100 0000 000f",
        // an acquisition request, RFC 904
        "8, egp, 02 03 00 00 0000 0001 0001 001e 0078",
        // a control message outside any connection, RFC 3931
        "115, l2tpv3, 00000000 c803 0014 00000000 0000 0000 8008 0000 0000 0001",
        // I1, RFC 7401
        "139, hip, 3b 04 01 21 0000 0000 00000000000000000000000000000001 00000000000000000000000000000000",
        // a request, RFC 4340
        "33, dccp, c350 1389 05 00 0000 01 00 000000000001 00000000",
        // source path message, RFC 3208
        "113, pgm, 1b58 0fa0 00 00 0000 010203040506 0014 00000001 00000000 00000001 0001 0000 0a000001",
        // deflated by an agreed index, RFC 3173
        "108, ipcomp, 06 00 0002 4b4c 4a06 00",
        // tunnels with nothing in them that could be a packet, RFC 2003 and RFC 4213
        "4, ipip, ffff",
        "41, 6in4, ffff",
    })
    void shouldNameTheFlow(final int number, final String name, final String message) {
        final byte[] frame = PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").protocol(number)
            .payload(Talk.hex(message)).build();
        try (MemorySource source = new MemorySource(List.of(new TimedFrame(1_700_000_000_000_000_000L, frame)), 8, 64,
            false)) {
            final InspectedTrace trace = InspectedTrace.of(source, 1, ApplicationTable.NONE);
            assertEquals(1, trace.flows().size(), trace.flows().toString());
            assertEquals(List.of(name),
                ((Map<?, ?>) Json.object(trace.flows().get(0)).get("weir")).get("protocols"));
        }
    }
}
