package io.weir.rule.detect;

import io.weir.rule.TestContent;
import io.weir.rule.TestRule;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.PacketNumber;
import io.weir.rule.model.Rule;
import io.weir.rule.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random rules and traffic over few letters, so that much matches, and much nearly does. */
final class RandomRules {
    private static final String[] FIELDS = {"http.uri", "http.host", "http.user_agent"};

    private final Random random;

    RandomRules(final long seed) {
        random = new Random(seed);
    }

    String text(final int most) {
        final StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            text.append("abcAB".charAt(random.nextInt(5)));
        }
        return text.toString();
    }

    private Step content(final boolean first) {
        final TestContent content = TestContent.content(text(5));
        if (random.nextInt(3) == 0) {
            content.nocase();
        }
        if (random.nextInt(6) == 0) {
            content.not();
        }
        if (first || random.nextBoolean()) {
            switch (random.nextInt(5)) {
                case 0 -> content.offset(random.nextInt(20));
                case 1 -> content.offset(random.nextInt(5)).depth(5 + random.nextInt(30));
                case 2 -> {
                    if (random.nextInt(4) == 0) {
                        content.startsWith();
                    }
                }
                default -> {
                    // anywhere
                }
            }
        } else {
            content.distance(random.nextInt(6) - 2);
            if (random.nextBoolean()) {
                content.within(5 + random.nextInt(10));
            }
        }
        return content.step();
    }

    private Step[] steps() {
        final Step[] steps = new Step[1 + random.nextInt(3)];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = i > 0 && random.nextInt(5) == 0
                ? new Step.Match("[ab]c" + text(1), random.nextBoolean() ? "i" : "", false, random.nextBoolean(),
                    List.of()) : content(i == 0);
        }
        return steps;
    }

    /** Rules about payload of datagrams and streams, and about requests. */
    List<Rule> rules(final int count) {
        final List<Rule> rules = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            final TestRule rule = TestRule.rule(i).oncePerFlow();
            switch (random.nextInt(4)) {
                case 0 -> rule.udp();
                case 1 -> rule.tcp();
                case 2 -> rule.tcpPacket();
                default -> {
                    // anything over IP
                }
            }
            switch (random.nextInt(5)) {
                case 0 -> rule.toPort(80, 8000 + random.nextInt(3));
                case 1 -> rule.fromPort(80, 8000 + random.nextInt(3));
                case 2 -> rule.toServer();
                case 3 -> rule.toClient();
                default -> {
                    // any port
                }
            }
            switch (random.nextInt(8)) {
                case 0 -> rule.request(FIELDS[random.nextInt(FIELDS.length)], steps());
                case 1 -> rule.request(FIELDS[0], steps()).request(FIELDS[1], steps());
                case 2 -> rule.where(new Condition.Any(List.of(
                    TestRule.fieldOf(FIELDS[0], Buffer.Side.EITHER, steps()),
                    TestRule.fieldOf(FIELDS[2], Buffer.Side.EITHER, steps()))));
                case 3 -> rule.where(new Condition.Not(TestRule.fieldOf(FIELDS[1], Buffer.Side.TO_SERVER, steps())))
                    .request(FIELDS[0], steps());
                case 4 -> rule.where(new Condition.PacketFact(PacketNumber.PAYLOAD_SIZE,
                    NumberSet.between(0, random.nextInt(60)))).payload(steps());
                default -> rule.payload(steps());
            }
            rules.add(rule.build());
        }
        return rules;
    }

    /** Rules about fields of requests alone, with patterns of four letters and more. */
    List<Rule> fieldRules(final int count) {
        final List<Rule> rules = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            final TestRule rule = TestRule.rule(i);
            final TestContent content = TestContent.content(text(3).concat(text(3)).concat("bacA").substring(0, 4));
            switch (random.nextInt(4)) {
                case 0 -> content.startsWith();
                case 1 -> content.nocase();
                case 2 -> content.offset(random.nextInt(3)).depth(4 + random.nextInt(6));
                default -> {
                    // anywhere
                }
            }
            rules.add(rule.request(FIELDS[random.nextInt(FIELDS.length)], content.step()).build());
        }
        return rules;
    }

    /** Requests with values of all lengths, some in pieces, and some that follow each other in one segment. */
    DetectedTrace requests(final int conversations) {
        final DetectedTrace trace = new DetectedTrace();
        for (int i = 0; i < conversations; i++) {
            trace.connect(10_000 + i, 80);
            for (int k = random.nextInt(3); k >= 0; k--) {
                final String request = "GET /" + text(300) + " HTTP/1.1\r\nHost: " + text(20) + "\r\nUser-Agent: "
                    + text(200) + "\r\n\r\n";
                final int cut = random.nextInt(4) == 0 ? random.nextInt(request.length()) : 0;
                trace.says(true, request.substring(0, cut));
                trace.says(true, request.substring(cut));
                trace.says(false, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        }
        return trace;
    }

    /** Conversations: some datagrams, some streams in pieces, some requests. */
    DetectedTrace trace(final int conversations) {
        final DetectedTrace trace = new DetectedTrace();
        for (int i = 0; i < conversations; i++) {
            final int port = 8000 + random.nextInt(4);
            if (random.nextBoolean()) {
                for (int k = random.nextInt(4); k >= 0; k--) {
                    trace.udp(random.nextBoolean(), 10_000 + i, port, text(60));
                }
                continue;
            }
            trace.connect(10_000 + i, random.nextBoolean() ? port : 80);
            if (random.nextBoolean()) {
                trace.says(true, "GET /" + text(20) + " HTTP/1.1\r\nHost: " + text(10) + "\r\nUser-Agent: " + text(20)
                    + "\r\n\r\n").says(false, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
            for (int k = random.nextInt(8); k >= 0; k--) {
                trace.says(random.nextBoolean(), text(30));
            }
        }
        return trace;
    }
}
