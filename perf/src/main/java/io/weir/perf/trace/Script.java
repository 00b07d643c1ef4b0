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
        return web(random, 1 + random.nextInt(3), 2_000, 14_000);
    }

    /** Several pages over one connection, with pictures. */
    static Script largerWeb(final SplittableRandom random) {
        return web(random, 2 + random.nextInt(6), 3_000, 46_000);
    }

    private static Script web(final SplittableRandom random, final int requests, final int usual,
        final int longest) {
        final List<Step> steps = new ArrayList<>();
        open(steps);
        for (int i = 0; i < requests; i++) {
            final String request = HttpMessages.request(random);
            data(steps, false, request.length(), request);
            final int body = random.nextInt(random.nextInt(4) == 0 ? longest : usual);
            final String answer = HttpMessages.answer(random, body);
            data(steps, true, answer.length() + body, answer);
        }
        close(steps);
        return new Script(TCP, 80, List.copyOf(steps));
    }

    /** A short TLS session: hellos, certificates, a few records. */
    static Script tls(final SplittableRandom random) {
        return tls(random, 2 + random.nextInt(8), 1_400);
    }

    /** A TLS session that carries more. */
    static Script largerTls(final SplittableRandom random) {
        return tls(random, 4 + random.nextInt(12), 9_000);
    }

    private static Script tls(final SplittableRandom random, final int records, final int longest) {
        final List<Step> steps = new ArrayList<>();
        open(steps);
        final boolean tls13 = random.nextInt(3) > 0;
        final String[] handshake = {TlsMessages.clientHello(random, Names.host(random), tls13),
            TlsMessages.serverFlight(random, tls13), TlsMessages.clientFinish(random, tls13)};
        for (int i = 0; i < handshake.length; i++) {
            data(steps, i == 1, handshake[i].length(), handshake[i]);
        }
        for (int i = 0; i < records; i++) {
            final String record = TlsMessages.records(random, 60 + random.nextInt(i % 2 == 1 ? longest : 300));
            data(steps, i % 2 == 1, record.length(), record);
        }
        close(steps);
        return new Script(TCP, 443, List.copyOf(steps));
    }

    /** One question, one answer. */
    static Script dns(final SplittableRandom random) {
        final String question = DnsMessages.question(random);
        final String id = DnsMessages.id(random);
        final String query = DnsMessages.query(id, question);
        final String response = DnsMessages.response(random, id, question);
        return new Script(UDP, 53, List.of(
            new Step(false, 0, query.length(), query), new Step(true, 0, response.length(), response)));
    }

    /** A call: small frames at a steady pace, both ways. */
    static Script media(final SplittableRandom random) {
        final List<Step> steps = new ArrayList<>();
        final int frames = 20 + random.nextInt(60);
        for (int i = 0; i < frames; i++) {
            steps.add(new Step((i & 1) == 1, 0, 172, "\u0080\u0000\0" + (char) (i / 2) + "\0\0\0" + (char) i
                + "weir"));
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
            final String content =
                head.substring(Math.min(i * SEGMENT, head.length()), Math.min((i + 1) * SEGMENT, head.length()));
            steps.add(new Step(fromServer, left == 0 ? PSH | ACK : ACK, segment, content));
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
