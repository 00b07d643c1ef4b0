package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.classify.FlowPlayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random bytes are nobody's protocol, also on usual ports and behind a protocol's own first bytes. With
 * {@code -Dweir.random.report=FILE} the protocols that were seen in them are written there.
 */
final class RandomBytesTest {
    private static final int FLOWS = 100_000;
    /** For each beginning and longest length, at first; and where one of them is labelled, to judge how often it is. */
    private static final int FEW_FLOWS = 100;
    private static final int MANY_FLOWS = 1_000;
    private static final int MOST_PREFIX = 4;
    private static final int LONGEST = 1_500;
    /** Many messages are as short: their lengths are met by chance. */
    private static final int SHORT = 60;

    private final List<int[]> usual = new ArrayList<>();
    private final List<String> report = new ArrayList<>();

    RandomBytesTest() {
        for (final Protocol protocol : Protocols.all()) {
            for (final int transport : new int[] {0, 1}) {
                for (final int port : protocol.ports(transport == 1)) {
                    usual.add(new int[] {transport, port});
                }
            }
        }
    }

    @Test
    void shouldNotBeLabelled() throws IOException {
        final Random random = new Random(20_260_101);
        final Map<String, Integer> labels = new TreeMap<>();
        int labelled = 0;
        try (FlowPlayer player = new FlowPlayer()) {
            for (int i = 0; i < FLOWS; i++) {
                final boolean onUsual = !usual.isEmpty() && random.nextBoolean();
                final int[] place = onUsual ? usual.get(random.nextInt(usual.size()))
                    : new int[] {random.nextInt(2), 1 + random.nextInt(65_535)};
                final List<String> found =
                    play(player, random, place[0] == 1, place[1], new byte[0],
                        random.nextBoolean() ? LONGEST : SHORT, random.nextInt(10) == 0);
                if (!found.isEmpty()) {
                    labelled++;
                    found.forEach(name -> labels.merge(name, 1, Integer::sum));
                }
            }
        }
        labels.forEach((name, count) -> report.add(name + ": " + count + " of " + FLOWS + " flows of random bytes"));
        write("random");
        assertTrue(labelled * 10_000 < FLOWS, labelled + " of " + FLOWS + " flows of random bytes: " + labels);
    }

    @Test
    void shouldNotBeLabelledBehindFirstBytes() throws IOException {
        final Map<String, List<byte[]>> prefixes = prefixes();
        final List<String> wrong = new ArrayList<>();
        try (FlowPlayer player = new FlowPlayer()) {
            for (final Protocol protocol : Protocols.all()) {
                for (final boolean udp : new boolean[] {false, true}) {
                    if (protocol.detector(udp) == null) {
                        continue;
                    }
                    final String row = protocol.name() + (udp ? "/udp" : "/tcp");
                    assertTrue(prefixes.containsKey(row), "no first bytes of " + row + " in first-bytes.tsv");
                    for (final byte[] prefix : beginnings(protocol, prefixes.get(row))) {
                        behindFirstBytes(player, protocol, udp, prefix, LONGEST, wrong);
                        behindFirstBytes(player, protocol, udp, prefix, SHORT, wrong);
                    }
                }
            }
        }
        report.addAll(wrong);
        write("prefix");
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    }

    /** Each sample's first byte to its first four, no two alike, and an empty one for any byte that may be first. */
    private static List<byte[]> beginnings(final Protocol protocol, final List<byte[]> samples) {
        final Map<String, byte[]> beginnings = new TreeMap<>();
        for (final byte[] sample : samples) {
            for (int length = 1; length <= Math.min(sample.length, MOST_PREFIX); length++) {
                final byte[] beginning = Arrays.copyOf(sample, length);
                beginnings.put(HexFormat.of().formatHex(beginning), beginning);
            }
        }
        if (IntStream.range(0, 256).filter(protocol::mayBeginWith).count() > 1) {
            beginnings.put("", new byte[0]);
        }
        return List.copyOf(beginnings.values());
    }

    /** Whatever the label: who sends what begins like one protocol may be taken for another. */
    private void behindFirstBytes(final FlowPlayer player, final Protocol protocol, final boolean udp,
        final byte[] prefix, final int longest, final List<String> wrong) {
        // Of its own, so that what is in the catalogue besides changes nothing.
        final Random random =
            new Random(20_260_102L + 31L * (protocol.name() + udp).hashCode() + Arrays.hashCode(prefix) + longest);
        final Map<String, Integer> labels = new TreeMap<>();
        if (labelled(player, random, protocol, udp, prefix, longest, FEW_FLOWS, labels) == 0) {
            return;
        }
        labels.clear();
        final int count = labelled(player, random, protocol, udp, prefix, longest, MANY_FLOWS, labels);
        if (count * 100 >= MANY_FLOWS) {
            wrong.add(protocol.name() + (udp ? "/udp" : "/tcp") + ": " + count + " of " + MANY_FLOWS + " flows of "
                + (prefix.length == 0 ? "a first byte" : HexFormat.of().formatHex(prefix)) + " and random ones up to "
                + longest + ": " + labels);
        }
    }

    private static int labelled(final FlowPlayer player, final Random random, final Protocol protocol,
        final boolean udp, final byte[] prefix, final int longest, final int flows,
        final Map<String, Integer> labels) {
        final int[] first = IntStream.range(0, 256).filter(protocol::mayBeginWith).toArray();
        final int[] ports = protocol.ports(udp);
        int count = 0;
        for (int i = 0; i < flows; i++) {
            final byte[] begins =
                prefix.length > 0 ? prefix : new byte[] {(byte) first[random.nextInt(first.length)]};
            final int port = ports.length == 0 ? 1 + random.nextInt(65_535) : ports[random.nextInt(ports.length)];
            final List<String> found = play(player, random, udp, port, begins, longest, false);
            count += found.isEmpty() ? 0 : 1;
            found.forEach(name -> labels.merge(name, 1, Integer::sum));
        }
        return count;
    }

    /** Up to six pieces or datagrams from either side, each beginning with the first bytes. */
    private static List<String> play(final FlowPlayer player, final Random random, final boolean udp, final int port,
        final byte[] prefix, final int longest, final boolean midStream) {
        if (udp) {
            player.udp(1_024 + random.nextInt(60_000), port);
        } else {
            player.tcp(1_024 + random.nextInt(60_000), port, midStream);
        }
        final boolean clientFirst = random.nextInt(3) > 0;
        final int pieces = 1 + random.nextInt(6);
        boolean firstOfClient = true;
        boolean firstOfServer = true;
        for (int i = 0; i < pieces; i++) {
            final boolean fromClient = i == 0 ? clientFirst : random.nextBoolean();
            final byte[] bytes = new byte[1 + random.nextInt(longest)];
            random.nextBytes(bytes);
            if (udp || (fromClient ? firstOfClient : firstOfServer)) {
                System.arraycopy(prefix, 0, bytes, 0, Math.min(prefix.length, bytes.length));
            }
            firstOfClient &= !fromClient;
            firstOfServer &= fromClient;
            player.says(fromClient, bytes);
        }
        return player.end();
    }

    /** Beginnings of messages by protocol and transport. */
    private static Map<String, List<byte[]>> prefixes() throws IOException {
        final Map<String, List<byte[]>> prefixes = new TreeMap<>();
        for (final String[] row : ReasonedTable.rows("first-bytes.tsv", 2)) {
            for (final String hex : row[1].split(" ")) {
                prefixes.computeIfAbsent(row[0], unused -> new ArrayList<>()).add(HexFormat.of().parseHex(hex));
            }
        }
        return prefixes;
    }

    private void write(final String which) throws IOException {
        final String file = System.getProperty("weir.random.report");
        if (file != null) {
            Files.writeString(Path.of(file + "." + which), String.join("\n", report) + "\n");
        }
    }
}
