package io.weir.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.Json;
import io.weir.SharedFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Frames whose layers and addresses gopacket has told. Where weir knowingly answers otherwise, the frame is listed with
 * the reason in decoding-differences.txt.
 */
class DecodingVectorsTest {
    private static final Map<String, String> NAMES = Map.of("Linux SLL", "LinuxSLL", "Linux SLL2", "LinuxSLL2",
        "IPSecAH", "AH", "IPSecESP", "ESP", "LinuxSLL2", "LinuxSLL2", "PrismHeader", "Prism", "EtherIP", "EtherIP");
    private static final Map<String, Integer> LINK_TYPES = Map.ofEntries(Map.entry("Ethernet", 1),
        Map.entry("LinkTypeEthernet", 1), Map.entry("LayerTypeEthernet", 1), Map.entry("Linux SLL", 113),
        Map.entry("LinkTypeLinuxSLL", 113), Map.entry("LinkTypeLinuxSLL2", 276), Map.entry("Null", 0),
        Map.entry("LinkTypeNull", 0), Map.entry("Raw", 101), Map.entry("LinkTypeRaw", 101), Map.entry("PPP", 9),
        Map.entry("LinkTypeIEEE80211Radio", 127), Map.entry("LayerTypeRadioTap", 127),
        Map.entry("LinkTypePrismHeader", 119));

    private final Decoding decoding = new Decoding();

    @AfterEach
    void close() {
        decoding.close();
    }

    @Test
    void shouldAgreeOnLayersAndAddressesOfRealTraffic() throws IOException {
        final List<String> differences = new ArrayList<>();
        int compared = 0;
        for (final Map<String, Object> vector : vectors("vectors/decode-crosscheck.jsonl")) {
            final Integer linkType = LINK_TYPES.get((String) vector.get("link"));
            if (linkType != null) {
                final Frame frame = decoding.decode(linkType, HexFormat.of().parseHex((String) vector.get("hex")));
                final String found = difference(frame, names(vector.get("layers")), (String) vector.get("net"),
                    (String) vector.get("transport"));
                compared++;
                if (found != null) {
                    differences.add(vector.get("pcap") + ": " + found);
                }
            }
        }
        assertTrue(compared > 250, "compared " + compared);
        assertEquals(known("crosscheck"), new TreeSet<>(differences));
    }

    @Test
    void shouldAgreeOnLayersOfHandmadeFrames() throws IOException {
        final List<String> differences = new ArrayList<>();
        int compared = 0;
        for (final Map<String, Object> vector : vectors("vectors/decode-and-reassembly.jsonl")) {
            final Integer linkType = LINK_TYPES.get(String.valueOf(vector.get("first")));
            if ("decode".equals(vector.get("kind")) && linkType != null) {
                final Frame frame = decoding.decode(linkType, HexFormat.of().parseHex((String) vector.get("hex")));
                final List<String> names = new ArrayList<>();
                for (final Object layer : (List<?>) vector.get("layers")) {
                    names.add((String) ((Map<?, ?>) layer).get("type"));
                }
                compared++;
                final String found = difference(frame, names, null, null);
                if (found != null) {
                    differences.add(vector.get("id") + " " + vector.get("test") + ": " + found);
                }
            }
        }
        assertTrue(compared > 100, "compared " + compared);
        assertEquals(known("handmade"), new TreeSet<>(differences));
    }

    @Test
    void shouldSurviveEveryHandmadeByteStringUnderEveryLinkType() throws IOException {
        int count = 0;
        for (final Map<String, Object> vector : vectors("vectors/decode-and-reassembly.jsonl")) {
            if (vector.get("hex") instanceof String hex && hex.length() < 1 << 17) {
                for (final int linkType : new int[] {0, 1, 9, 50, 51, 101, 104, 105, 107, 108, 113, 119, 127, 192}) {
                    final Frame frame = decoding.decode(linkType, HexFormat.of().parseHex(hex));
                    assertTrue(frame.payloadOffset + frame.payloadLength <= frame.capturedLength);
                    count++;
                }
            }
        }
        assertTrue(count > 4000, "decoded " + count);
    }

    private static String difference(final Frame frame, final List<String> expected, final String addresses,
        final String ports) {
        final Set<String> known = new HashSet<>();
        for (final LayerType type : LayerType.values()) {
            known.add(type.label());
        }
        final List<String> theirs = new ArrayList<>();
        for (final String name : expected) {
            final String mapped = NAMES.getOrDefault(name, name);
            if (!known.contains(mapped) || mapped.equals("Payload")) {
                break;
            }
            theirs.add(mapped);
        }
        final String ours = Decoding.layers(frame);
        if (!ours.equals(String.join(" ", theirs))) {
            return ours + " | " + String.join(" ", theirs) + (expected.size() > theirs.size() ? " ..." : "");
        }
        // gopacket names the outermost addresses and ports, weir the innermost
        final String tuple = frame.tunnels == 0 ? Decoding.tuple(frame) : Decoding.outerAddresses(frame);
        if (addresses != null && frame.hasFlow()) {
            final String[] sides = addresses.split("->");
            final String[] portSides = ports == null ? new String[] {"0", "0"} : ports.split("->");
            final String wanted = sides[0] + " " + portSides[0] + " > " + sides[1] + " " + portSides[1];
            final boolean addressesAlone = ports == null || frame.tunnels != 0;
            if (addressesAlone ? !withoutPorts(tuple).equals(withoutPorts(wanted)) : !tuple.equals(wanted)) {
                return tuple + " | " + wanted;
            }
        }
        return null;
    }

    private static String withoutPorts(final String tuple) {
        final String[] parts = tuple.split(" ");
        return parts[0] + " > " + parts[3];
    }

    private static List<String> names(final Object list) {
        final List<String> names = new ArrayList<>();
        for (final Object name : (List<?>) list) {
            names.add((String) name);
        }
        return names;
    }

    private static List<Map<String, Object>> vectors(final String name) throws IOException {
        final Optional<Path> path = SharedFolder.find(name);
        assumeTrue(path.isPresent(), "SKIPPED: " + name + " is not here, decoding is not compared with gopacket's");
        final List<Map<String, Object>> vectors = new ArrayList<>();
        for (final String line : Files.readAllLines(path.get())) {
            vectors.add(Json.object(line));
        }
        return vectors;
    }

    /** Known differences: lines of {@code section<TAB>difference}; every other line is a reason. */
    private static Set<String> known(final String section) throws IOException {
        try (InputStream in = DecodingVectorsTest.class.getResourceAsStream("decoding-differences.txt")) {
            final Map<String, Set<String>> sections = new HashMap<>();
            for (final String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                final int tab = line.indexOf('\t');
                if (tab > 0) {
                    sections.computeIfAbsent(line.substring(0, tab), s -> new TreeSet<>()).add(line.substring(tab + 1));
                }
            }
            return sections.getOrDefault(section, Set.of());
        }
    }
}
