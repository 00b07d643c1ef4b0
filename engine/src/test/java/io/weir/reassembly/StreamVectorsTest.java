package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.Json;
import io.weir.SharedFolder;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Sequences of segments that another library is tested with, and what comes out after each. Where that library does
 * not do what is right, the expectation is replaced here, with the reason.
 */
class StreamVectorsTest {
    private static final String CLIENT = "10.0.0.1";
    private static final String SERVER = "10.0.0.2";
    /** Stands for a payload that the vectors do not spell out. */
    private static final String LARGE = "5a".repeat(3_800);
    /** Stands for the payload of a vector's first segment. */
    private static final String FIRST_PAYLOAD = "first";
    private static final int GIVEN_CHUNKS = 3;

    private static final String AT_ONCE = "a connection taken up in the middle is delivered at once, not held back";
    private static final String SYN_WAITS =
        "data in a SYN counts only if the connection comes about: it waits for another segment";
    private static final String BEFORE_START =
        "what lies before the first byte delivered of a connection taken up in the middle cannot be delivered any more";
    private static final String ONE_SIDED =
        "a missing SYN-ACK is one the capture does not have: the client acknowledges it and goes on";
    private static final String WHAT_WAITS_NOW =
        "the limit holds for what waits now: of four, two were handed on, so that two more may come";

    private static final String EARLY = "the vector asks whether a segment is accepted: one that is early waits";

    private static final Map<String, Replacement> REPLACED = replaced();

    /**
     * What is right instead of what the vectors have.
     *
     * @param steps what comes out after each step, in hexadecimal, gaps as lengths in brackets
     */
    private record Replacement(String reason, List<String> steps) {
    }

    private static Map<String, Replacement> replaced() {
        final Map<String, Replacement> replaced = new LinkedHashMap<>();
        for (final String id : List.of("gp-0292", "gp-0319")) {
            put(replaced, id, SYN_WAITS, "", "010203", "", "", "[3]030203040203050203060203");
        }
        for (final String id : List.of("gp-0293", "gp-0320")) {
            put(replaced, id, SYN_WAITS, "", "010203", "020203030203");
        }
        for (final String id : List.of("gp-0294", "gp-0321")) {
            put(replaced, id, SYN_WAITS, "", "010203040506070809000102030405", "0607");
        }
        for (final String id : List.of("gp-0295", "gp-0322")) {
            put(replaced, id, AT_ONCE + "; " + BEFORE_START, "070809000102030405", "0607", "");
        }
        for (final String id : List.of("gp-0300", "gp-0323")) {
            put(replaced, id, SYN_WAITS, "", "0102030405060708090001020304");
        }
        for (final String id : List.of("gp-0301", "gp-0324")) {
            put(replaced, id, AT_ONCE + "; " + BEFORE_START, "01020304", "");
        }
        put(replaced, "gp-0291", AT_ONCE, "010203", "040506", "", "0708090a0b0c", "", "", "010203020203030203");
        put(replaced, "gp-0318", AT_ONCE, "010203", "020203", "", "030203040203", "", "", "010203020203030203");
        put(replaced, "gp-0296", AT_ONCE + "; " + BEFORE_START, "070809000102030405", "", "");
        put(replaced, "gp-0297", SYN_WAITS, "", "0102030405060708090a");
        put(replaced, "gp-0298", SYN_WAITS, "", "01020304050607");
        put(replaced, "gp-0299", AT_ONCE, "010203", "", "", "", "0606060202030a0b");
        put(replaced, "gp-0303", SYN_WAITS, "", "010203040506070809000102030405");
        put(replaced, "gp-0304", SYN_WAITS, "", "010203040506070809000102030405");
        put(replaced, "gp-0305", SYN_WAITS, "", "010203040506070809101112131415", "12131415161718");
        put(replaced, "gp-0306", SYN_WAITS, "", "0102030405060708090a0b0c0d0e0f",
            "0102030405060708090a0b0c0d0e0f1011");
        put(replaced, "gp-0307", SYN_WAITS + "; " + WHAT_WAITS_NOW, "", "01", "", "", "01[1]0304", "",
            "[1]06");
        for (final String id : List.of("gp-0302", "gp-0325")) {
            put(replaced, id, AT_ONCE, FIRST_PAYLOAD, "");
        }
        put(replaced, "gp-0308", AT_ONCE + "; " + BEFORE_START, LARGE, "");
        for (final String id : List.of("gp-0312", "gp-0314")) {
            put(replaced, id, ONE_SIDED, "", "", "001f68c40020000100000000000102555300000600010000291000000080000000");
        }
        put(replaced, "gp-0317", EARLY, "", "010203", "020304", "", "");
        return replaced;
    }

    private static void put(final Map<String, Replacement> replaced, final String id, final String reason,
        final String... steps) {
        replaced.put(id, new Replacement(reason, List.of(steps)));
    }

    @TestFactory
    List<DynamicTest> shouldDoWithSegmentsWhatIsRight() throws IOException {
        final Optional<Path> file = SharedFolder.find("vectors/decode-and-reassembly.jsonl");
        assumeTrue(file.isPresent(), "SKIPPED: no vectors in a shared folder beside the checkout");
        final List<DynamicTest> tests = new ArrayList<>();
        int replaced = 0;
        for (final String line : Files.readAllLines(file.get())) {
            final Map<String, Object> vector = Json.object(line);
            final String kind = (String) vector.get("kind");
            final String id = (String) vector.get("id");
            if (kind.startsWith("tcp_")) {
                replaced += REPLACED.containsKey(id) ? 1 : 0;
                tests.add(DynamicTest.dynamicTest(id + " " + kind + " " + vector.get("test"), () -> check(vector)));
            }
        }
        assertEquals(35, tests.size());
        assertEquals(REPLACED.size(), replaced, "a replacement for a vector that is none");
        return tests;
    }

    private static void check(final Map<String, Object> vector) {
        final String kind = (String) vector.get("kind");
        if ("val".equals(step(vector, 0).get("expected"))) {
            check(vector, new StreamContext().midstream(true), true);
            check(vector, new StreamContext().midstream(false), false);
        } else {
            check(vector, kind.startsWith("tcp_fsm") || "tcp_options".equals(kind) ? new StreamContext()
                : new StreamContext().streamBytes(GIVEN_CHUNKS * PieceStore.CHUNK_BYTES), true);
        }
    }

    private static void check(final Map<String, Object> vector, final StreamContext context, final boolean val) {
        final Replacement replacement = REPLACED.get(vector.get("id"));
        final List<?> steps = (List<?>) vector.get("steps");
        try (StreamFixture fixture = new StreamFixture(context)) {
            String kept = "";
            long accepted = 0;
            for (int i = 0; i < steps.size(); i++) {
                final Map<?, ?> step = (Map<?, ?>) steps.get(i);
                fixture.recorder.log.setLength(0);
                send(fixture, vector, step);
                final String found = fixture.recorder.log.length() == 0 ? "" : kept + fixture.recorder.log;
                final String expected = replacement == null ? expected(step, accepted, val)
                    : replacement.steps().get(i).replace(FIRST_PAYLOAD, payload(step(vector, 0)));
                assertEquals(shortened(expected), shortened(found),
                    "step " + i + (replacement == null ? "" : ", " + replacement.reason()));
                accepted = step.containsKey("nb") ? ((Number) step.get("nb")).longValue() : 0;
                kept = found.isEmpty() ? kept : kept(step, found);
            }
            assertTrue(replacement == null || replacement.steps().size() == steps.size());
        }
    }

    /** What is to come out after a step, by the way its kind of vector says it. */
    private static String expected(final Map<?, ?> step, final long accepted, final boolean val) {
        final Object want = step.get("want");
        if (want instanceof final String bytes) {
            return bytes;
        }
        if (want instanceof final List<?> chunks) {
            final StringBuilder expected = new StringBuilder();
            for (final Object chunk : chunks) {
                final Object skip = ((Map<?, ?>) chunk).get("Skip");
                expected.append(skip == null || skip.equals(-1) ? "" : "[" + skip + "]")
                    .append(((Map<?, ?>) chunk).get("Bytes"));
            }
            return expected.toString();
        }
        final boolean isTaken = step.containsKey("nb") ? ((Number) step.get("nb")).longValue() > accepted
            : "val".equals(step.get("expected")) ? val : (Boolean) step.get("expected");
        return isTaken ? payload(step) : "";
    }

    /** Bytes from an offset on that a consumer keeps are before what comes next, as if both had come together. */
    private static String kept(final Map<?, ?> step, final String found) {
        final Object keep = step.get("keep");
        final int from = keep == null ? found.length() : 2 * (Integer) keep;
        return from < found.length() && !found.contains("[") ? found.substring(from) : "";
    }

    private static Map<?, ?> step(final Map<String, Object> vector, final int index) {
        return (Map<?, ?>) ((List<?>) vector.get("steps")).get(index);
    }

    private static void send(final StreamFixture fixture, final Map<String, Object> vector, final Map<?, ?> step) {
        final Map<?, ?> tcp = header(step);
        final int first = (Integer) header(step(vector, 0)).get("SrcPort");
        final Object direction = step.get("dir");
        final boolean fromClient = direction == null ? tcp.get("SrcPort").equals(first)
            : "TCPDirClientToServer".equals(direction);
        fixture.put(PacketBuilder.ethernet().ipv4(fromClient ? CLIENT : SERVER, fromClient ? SERVER : CLIENT)
            .tcp(fromClient ? 40_000 : 80, fromClient ? 80 : 40_000).seq(((Number) tcp.get("Seq")).longValue())
            .ack(tcp.get("Ack") == null ? 0 : ((Number) tcp.get("Ack")).longValue()).flags(flags(tcp))
            .payload(HexFormat.of().parseHex(payload(step))).build());
    }

    private static Map<?, ?> header(final Map<?, ?> step) {
        return (Map<?, ?>) (step.containsKey("in") ? step.get("in") : step.get("tcp"));
    }

    private static String payload(final Map<?, ?> step) {
        final String payload = (String) header(step).get("Payload");
        return payload.startsWith("make") ? LARGE : payload;
    }

    /** Long texts by length, end and hash, so that a failure can be read. */
    private static String shortened(final String text) {
        return text.length() < 200 ? text : text.length() + " characters, hash " + text.hashCode() + ", end "
            + text.substring(text.length() - 20);
    }

    private static int flags(final Map<?, ?> tcp) {
        return (tcp.containsKey("SYN") ? TcpFlags.SYN : 0) | (tcp.containsKey("ACK") ? TcpFlags.ACK : 0)
            | (tcp.containsKey("FIN") ? TcpFlags.FIN : 0) | (tcp.containsKey("RST") ? TcpFlags.RST : 0);
    }
}
