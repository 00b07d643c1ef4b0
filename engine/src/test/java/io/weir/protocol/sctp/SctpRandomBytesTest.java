package io.weir.protocol.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Protocol;
import io.weir.protocol.Talk;
import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.classify.FlowPlayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random chunks, and random messages in good ones, are nobody's protocol, also behind its own first bytes. */
final class SctpRandomBytesTest {
    private static final int FLOWS = 50_000;
    private static final int FLOWS_OF_ONE = 1_000;
    private static final int LONGEST = 1_400;
    private static final int SHORT = 60;
    /** First bytes of messages; of all others those that most mobile signalling begins with. */
    private static final Map<String, String> BEGINNINGS = Map.of("diameter", "01000024", "megaco", "4d454741",
        "dtls", "16fefd00", "forces", "10010006", "iua", "01000501", "m2ua", "01000601", "m3ua", "01000101", "sua",
        "01000701", "m2pa", "01000b01");
    private static final String MOBILE = "0015000e";

    @Test
    void shouldNotBeLabelled() {
        final Random random = new Random(20_261_130);
        int labelled = 0;
        try (FlowPlayer player = new FlowPlayer()) {
            for (int i = 0; i < FLOWS; i++) {
                player.sctp(1_024 + random.nextInt(60_000), 1 + random.nextInt(65_535));
                for (int pieces = 1 + random.nextInt(4); pieces > 0; pieces--) {
                    final byte[] bytes = bytes(random, 1 + random.nextInt(random.nextBoolean() ? LONGEST : SHORT));
                    player.says(random.nextBoolean(),
                        random.nextBoolean() ? bytes : Chunk.data(Chunk.WHOLE, 0, bytes));
                }
                labelled += player.end().equals(List.of("sctp")) ? 0 : 1;
            }
        }
        assertTrue(labelled * 10_000 < FLOWS, labelled + " of " + FLOWS);
    }

    @Test
    void shouldNotBeLabelledBehindFirstBytes() {
        final List<String> wrong = new ArrayList<>();
        try (FlowPlayer player = new FlowPlayer()) {
            for (final Protocol protocol : Protocols.all()) {
                if (protocol.sctpDetector() == null) {
                    continue;
                }
                final byte[] begins = Talk.hex(BEGINNINGS.getOrDefault(protocol.name(), MOBILE));
                for (int length = 0; length <= begins.length; length++) {
                    for (final int longest : new int[] {SHORT, LONGEST}) {
                        behind(player, protocol, begins, length, longest, wrong);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static void behind(final FlowPlayer player, final Protocol protocol, final byte[] begins,
        final int length, final int longest, final List<String> wrong) {
        final Random random = new Random(31L * protocol.name().hashCode() + 7L * length + longest);
        final Map<List<String>, Integer> labels = new TreeMap<>((x, y) -> x.toString().compareTo(y.toString()));
        int labelled = 0;
        for (int i = 0; i < FLOWS_OF_ONE; i++) {
            player.sctp(40_000, protocol.sctpPorts().length == 0 ? 40_001 : protocol.sctpPorts()[0]);
            for (int pieces = 1 + random.nextInt(4); pieces > 0; pieces--) {
                final byte[] bytes = bytes(random, 4 + random.nextInt(longest));
                System.arraycopy(begins, 0, bytes, 0, length);
                final int payload = protocol.sctpPayloads()[random.nextInt(protocol.sctpPayloads().length)];
                player.says(random.nextBoolean(), Chunk.data(Chunk.WHOLE, random.nextBoolean() ? payload : 0, bytes));
            }
            final List<String> told = List.copyOf(player.end());
            if (!told.equals(List.of("sctp"))) {
                labelled++;
                labels.merge(told, 1, Integer::sum);
            }
        }
        if (labelled * 100 >= FLOWS_OF_ONE) {
            wrong.add(protocol.name() + " behind " + length + " bytes, up to " + longest + ": " + labels);
        }
    }

    private static byte[] bytes(final Random random, final int count) {
        final byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
