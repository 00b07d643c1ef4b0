package io.weir.reassembly.fragment;

import static io.weir.reassembly.fragment.ReassemblyFixture.has;
import static io.weir.reassembly.fragment.ReassemblyFixture.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.event.Anomaly;
import io.weir.packet.Frame;
import io.weir.packet.PacketBuilder;
import io.weir.reassembly.OverlapPolicy;
import io.weir.reassembly.TargetPolicies;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Overlapping IPv4 fragments: the receiving host's policy says which copy counts. */
class FragmentOverlapTest {
    private static final String TARGET = "198.51.100.2";

    /** Fragments 1 to 6 of the published arrangement (Shankar and Paxson), each filled with its number. */
    private static final int[][] ARRANGEMENT = {{0, 3}, {4, 6}, {6, 9}, {1, 5}, {6, 9}, {9, 12}};

    @Test
    void shouldKeepTheCopyThatTheTargetKeeps() {
        final Map<OverlapPolicy, String> expected = Map.of(
            OverlapPolicy.FIRST, "111422333666",
            OverlapPolicy.LAST, "144442555666",
            OverlapPolicy.BSD, "111442333666",
            OverlapPolicy.BSD_RIGHT, "144422555666",
            OverlapPolicy.LINUX, "111442555666",
            OverlapPolicy.WINDOWS, "111422333666",
            OverlapPolicy.SOLARIS, "111422333666");
        expected.forEach((policy, digits) -> assertEquals(digits, read(TargetPolicies.of(policy), 1), policy.label()));
    }

    @Test
    void shouldAskForThePolicyOfTheReceiverAlone() {
        final TargetPolicies policies = TargetPolicies.of(OverlapPolicy.FIRST).with(TARGET, OverlapPolicy.LAST)
            .with("192.0.2.0/24", OverlapPolicy.BSD);
        assertEquals("144442555666", read(policies, 1));
    }

    @Test
    void shouldNameOverlapsAndTellThoseThatDiffer() {
        try (ReassemblyFixture fixture = new ReassemblyFixture()) {
            fixture.show(piece(7, 0, 3, true, '1'));
            final Frame same = fixture.show(piece(7, 1, 4, true, '1'));
            assertTrue(has(same, Anomaly.IPV4_FRAGMENT_OVERLAP));
            assertFalse(has(same, Anomaly.FRAGMENT_OVERLAP_DIFFERENT_DATA));
            final Frame other = fixture.show(piece(7, 1, 4, true, '2'));
            assertTrue(has(other, Anomaly.FRAGMENT_OVERLAP_DIFFERENT_DATA));
            assertEquals(2, fixture.count(Counter.IP_FRAGMENTS_OVERLAPPING));
            assertEquals(1, fixture.count(Counter.IP_FRAGMENTS_DIFFERING));
            assertEquals(0, fixture.count(Counter.IP_FRAGMENTS_DUPLICATE));
        }
    }

    /** What the target reads: one digit for each eight bytes. */
    private static String read(final TargetPolicies policies, final int id) {
        try (ReassemblyFixture fixture = new ReassemblyFixture(new FragmentContext().policies(policies))) {
            Frame frame = null;
            for (int i = 0; i < ARRANGEMENT.length; i++) {
                frame = fixture.show(piece(id, ARRANGEMENT[i][0], ARRANGEMENT[i][1], i < ARRANGEMENT.length - 1,
                    (char) ('1' + i)));
            }
            final String text = new String(payload(frame), StandardCharsets.US_ASCII);
            final StringBuilder digits = new StringBuilder();
            for (int at = 0; at < text.length(); at += 8) {
                assertEquals(text.substring(at, at + 1).repeat(8), text.substring(at, at + 8));
                digits.append(text.charAt(at));
            }
            return digits.toString();
        }
    }

    /** A fragment from one unit of eight bytes to another, of a protocol without a header. */
    private static byte[] piece(final int id, final int from, final int to, final boolean more, final char content) {
        final byte[] whole = PacketBuilder.raw().ipv4("192.0.2.1", TARGET).protocol(253).build();
        return Fragmented.piece(whole, id, from * 8, more,
            String.valueOf(content).repeat((to - from) * 8).getBytes(StandardCharsets.US_ASCII));
    }
}
