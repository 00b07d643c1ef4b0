package io.weir.perf.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the two sides of a flow send each other, frame by frame.
 *
 * @param protocol   6 or 17
 * @param serverPort port of the responder
 * @param steps      the frames in order
 */
record Script(int protocol, int serverPort, List<Step> steps) {
    static final int TCP = 6;
    static final int UDP = 17;

    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int PSH = 0x08;
    private static final int ACK = 0x10;
    private static final int SEGMENT = 1460;

    /**
     * One frame.
     *
     * @param fromServer who sends it
     * @param flags      TCP flags
     * @param length     payload bytes
     * @param head       first payload bytes, one for each character; the rest is filler
     */
    record Step(boolean fromServer, int flags, int length, String head) {
    }

    /** A web page or a small answer of a service: most flows of most networks. */
    static Script web(final SplittableRandom random) {
        final List<Step> steps = new ArrayList<>();
        open(steps);
        final int requests = 1 + random.nextInt(3);
        for (int i = 0; i < requests; i++) {
            data(steps, false, 120 + random.nextInt(500), "GET /index.html HTTP/1.1\r\nHost: www.example.com\r\n");
            data(steps, true, 200 + random.nextInt(random.nextInt(4) == 0 ? 12_000 : 1_400),
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n");
        }
        close(steps);
        return new Script(TCP, 80, List.copyOf(steps));
    }

    /** A short TLS session: hello, certificates, a few records. */
    static Script tls(final SplittableRandom random) {
        final List<Step> steps = new ArrayList<>();
        open(steps);
        data(steps, false, 517, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");
        data(steps, true, 2200 + random.nextInt(1500), "\u0016\u0003\u0003\u0000z\u0002\u0000\u0000v\u0003\u0003");
        data(steps, false, 80, "\u0014\u0003\u0003\u0000\u0001\u0001\u0017\u0003\u0003");
        final int records = 2 + random.nextInt(8);
        for (int i = 0; i < records; i++) {
            data(steps, i % 2 == 1, 60 + random.nextInt(i % 2 == 1 ? 1400 : 300), "\u0017\u0003\u0003");
        }
        close(steps);
        return new Script(TCP, 443, List.copyOf(steps));
    }

    /** One question, one answer. */
    static Script dns(final SplittableRandom random) {
        final String question =
            "\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0003www\u0007example\u0003com"
            + "\u0000\u0000\u0001\u0000\u0001";
        final String id = "" + (char) random.nextInt(256) + (char) random.nextInt(256);
        return new Script(UDP, 53, List.of(
            new Step(false, 0, 33, id + "\u0001\u0000" + question),
            new Step(true, 0, 33 + 16 * (1 + random.nextInt(6)), id + "\u0081\u0080" + question)));
    }

    /** A call: small frames at a steady pace, both ways. */
    static Script media(final SplittableRandom random) {
        final List<Step> steps = new ArrayList<>();
        final int frames = 20 + random.nextInt(60);
        for (int i = 0; i < frames; i++) {
            steps.add(new Step((i & 1) == 1, 0, 172, "\u0080\u0000" + (char) (i >> 8) + (char) (i & 0xff)));
        }
        return new Script(UDP, 16384 + 2 * random.nextInt(8000), List.copyOf(steps));
    }

    /** A flow that was there before the trace began and outlives it: records both ways over TCP or UDP. */
    static Script keptOpen(final SplittableRandom random) {
        final List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            final int length = 60 + random.nextInt(i % 2 == 1 ? 760 : 220);
            steps.add(new Step(i % 2 == 1, PSH | ACK, length, "\u0017\u0003\u0003"));
        }
        return new Script(random.nextBoolean() ? TCP : UDP, 443, List.copyOf(steps));
    }

    private static void open(final List<Step> steps) {
        steps.add(new Step(false, SYN, 0, ""));
        steps.add(new Step(true, SYN | ACK, 0, ""));
        steps.add(new Step(false, ACK, 0, ""));
    }

    private static void data(final List<Step> steps, final boolean fromServer, final int length, final String head) {
        int left = length;
        for (int i = 0; left > 0; i++) {
            final int segment = Math.min(left, SEGMENT);
            left -= segment;
            steps.add(new Step(fromServer, left == 0 ? PSH | ACK : ACK, segment, i == 0 ? head : ""));
            if (i % 2 == 1 || left == 0) {
                steps.add(new Step(!fromServer, ACK, 0, ""));
            }
        }
    }

    private static void close(final List<Step> steps) {
        steps.add(new Step(false, FIN | ACK, 0, ""));
        steps.add(new Step(true, FIN | ACK, 0, ""));
        steps.add(new Step(false, ACK, 0, ""));
    }
}
