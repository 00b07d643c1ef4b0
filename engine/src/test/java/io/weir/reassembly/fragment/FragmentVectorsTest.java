package io.weir.reassembly.fragment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.Json;
import io.weir.SharedFolder;
import io.weir.base.Counter;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Public sequences of fragments, and scenarios in which another implementation is known to be wrong. */
class FragmentVectorsTest {
    /** Payload of the datagram that comes out of each scenario, empty for none. */
    private static final Map<String, String> RIGHT = Map.of(
        "own-20", "AAAAAAAABBBBBBBBCCCCCCCC",
        "own-21", "AAAAAAAABBBBBBBBCCCCCCCCDDDDDDDD",
        "own-22", "AAAAAAAABBBBBBBBCCCCCCCC",
        "own-23", "",
        "own-24", "AAAAAAAABBBBBBBBCCCCCCCC",
        "own-25", "AAAAAAAABBBBBBBBCC",
        "own-26", "AAAAAAAABBBBBBBBCCCCCCCC");

    @Test
    void shouldCompleteDatagramsAtTheSameFragments() throws IOException {
        int steps = 0;
        for (final Map<String, Object> vector : vectors("decode-and-reassembly.jsonl", "ip4defrag")) {
            try (ReassemblyFixture fixture = new ReassemblyFixture()) {
                fixture.linkType = LinkType.ETHERNET;
                for (final Object step : (List<?>) vector.get("steps")) {
                    final Map<?, ?> fields = (Map<?, ?>) step;
                    final Frame frame = fixture.show(HexFormat.of().parseHex((String) fields.get("hex")));
                    assertEquals(fields.get("complete"), ReassemblyFixture.isRebuilt(frame),
                        vector.get("id") + " step " + steps);
                    steps++;
                }
            }
        }
        assertTrue(steps > 20, "steps: " + steps);
    }

    @Test
    void shouldDoRightInEveryScenario() throws IOException {
        final List<Map<String, Object>> scenarios = vectors("scenarios.jsonl", "ip4_frag_scenario");
        assertEquals(RIGHT.size(), scenarios.size());
        for (final Map<String, Object> scenario : scenarios) {
            final String id = (String) scenario.get("id");
            try (ReassemblyFixture fixture = new ReassemblyFixture()) {
                String result = "";
                for (final Object step : (List<?>) scenario.get("steps")) {
                    final Frame frame = fixture.show(packet((Map<?, ?>) step, "own-22".equals(id)));
                    if (ReassemblyFixture.isRebuilt(frame)) {
                        final byte[] packet = ReassemblyFixture.packet(frame);
                        result = new String(packet, Fragmented.headerLength(packet),
                            packet.length - Fragmented.headerLength(packet), StandardCharsets.US_ASCII);
                    }
                }
                assertEquals(RIGHT.get(id), result, id);
                assertEquals("own-23".equals(id) ? 2 : 0, fixture.fragments.pending(), id);
                assertEquals("own-21".equals(id) ? 1 : 0, fixture.count(Counter.IP_FRAGMENTS_DIFFERING), id);
                assertEquals("own-26".equals(id) ? 1 : 0, fixture.count(Counter.IP_FRAGMENTS_DUPLICATE), id);
            }
        }
    }

    private static byte[] packet(final Map<?, ?> step, final boolean options) {
        final PacketBuilder packet = PacketBuilder.raw().ipv4("192.0.2.1", "198.51.100.2");
        if (options) {
            packet.options((byte) 1);
        }
        final byte[] bytes = packet.fragment((Integer) step.get("id"), (Integer) step.get("offset"),
            Integer.valueOf(1).equals(step.get("more"))).protocol((Integer) step.get("proto"))
            .payload((String) step.get("payload")).build();
        if (Integer.valueOf(1).equals(step.get("df"))) {
            bytes[6] |= 0x40;
        }
        return bytes;
    }

    private static List<Map<String, Object>> vectors(final String file, final String kind) throws IOException {
        final Optional<Path> path = SharedFolder.find("vectors/" + file);
        assumeTrue(path.isPresent(), "SKIPPED: no vectors in a shared folder beside the checkout");
        final List<Map<String, Object>> vectors = new ArrayList<>();
        for (final String line : Files.readAllLines(path.get())) {
            final Map<String, Object> vector = Json.object(line);
            if (kind.equals(vector.get("kind"))) {
                vectors.add(vector);
            }
        }
        return vectors;
    }
}
