package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.weir.protocol.Talk;
import io.weir.protocol.classify.FlowPlayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A connection of HTTP/1.x made up at random: requests that keep it open, one after the other or pipelined, and
 * responses of all kinds to them, some damaged, some with bytes missing. What is made depends on the seed alone.
 */
final class RandomMessages {
    private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT", "HEAD", "OPTIONS", "CONNECT", "XYZZY"};
    private static final String[] TIDY_METHODS = {"GET", "POST", "PUT", "OPTIONS", "XYZZY"};
    private static final String[] VERSIONS = {" HTTP/1.1", " HTTP/1.1", " HTTP/1.1", " HTTP/1.0", ""};
    private static final String[] REQUEST_HEADERS = {"Host: a.example", "Host: b.example:81", "User-Agent: curl/8",
        "Referer: http://r/", "Accept: */*", "Expect: 100-continue", "Content-Type: text/plain", "Connection: close",
        "Upgrade: websocket", "SOAPAction: x", "Authorization: odd", "A: b\r\n folded", "no colon", "Cookie: c=d"};
    private static final String[] STATUS = {"200 OK", "200 OK", "200 OK", "206 Partial", "204 None", "304 Not modified",
        "404 Not found", "417 No", "101 Switching", "2XX Odd"};
    private static final String[] TIDY_STATUS = {"200 OK", "206 Partial", "404 Not found", "417 No"};
    private static final String[] RESPONSE_HEADERS = {"Content-Type: text/html", "Location: /new", "Server: g",
        "Content-Range: bytes 0-4/10", "Content-Range: bytes 5-9/10", "Content-Disposition: attachment; filename=f",
        "Content-Encoding: gzip", "Upgrade: websocket", "Upgrade: h2c", "Set-Cookie: c=d", "X: y\r\n\tfolded", "odd"};
    private static final String[] GARBAGE = {"\r\n", "\0\1\2", "<html>", "HTTP/", "GET", "\u00ff\u00fe", " ",
        "a: b\r\n", "0\r\n\r\n"};
    private static final int MOST_EXCHANGES = 5;
    private static final int MOST_BODY = 40;
    private static final int MOST_MISSING = 60;

    /** Bytes of a side, or how many are missing, or the end of the side. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Step(boolean fromClient, byte[] bytes, int missing) {
    }

    private final Random random;
    private final List<Step> steps = new ArrayList<>();
    private final boolean tidy;

    /**
     * Makes one up.
     *
     * @param tidy all is as it should be, so that it cannot matter how it is cut
     */
    RandomMessages(final long seed, final boolean tidy) {
        random = new Random(seed);
        this.tidy = tidy;
        final boolean pipelined = one(4);
        final StringBuilder responses = new StringBuilder();
        for (int i = 1 + random.nextInt(MOST_EXCHANGES); i > 0; i--) {
            final StringBuilder target = pipelined ? responses : new StringBuilder();
            say(true, request());
            target.append(response());
            if (!pipelined) {
                say(false, target.toString());
            }
        }
        if (pipelined) {
            say(false, responses.toString());
        }
        if (one(2)) {
            steps.add(new Step(one(2), new byte[0], 0));
        }
    }

    private boolean one(final int of) {
        return random.nextInt(of) == 0;
    }

    private String of(final String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String request() {
        final StringBuilder text = new StringBuilder();
        text.append(of(tidy ? TIDY_METHODS : METHODS)).append(one(8) ? " a.example:1" : " /" + random.nextInt(9))
            .append(tidy ? VERSIONS[0] : of(VERSIONS));
        headers(text, REQUEST_HEADERS);
        return message(text, one(3));
    }

    private String response() {
        final StringBuilder text = new StringBuilder();
        if (one(6)) {
            text.append("HTTP/1.1 ").append(one(2) ? "100 Continue" : "103 Early").append("\r\n\r\n");
        }
        text.append(!tidy && one(20) ? "ICY " : "HTTP/1.1 ").append(of(tidy ? TIDY_STATUS : STATUS));
        headers(text, RESPONSE_HEADERS);
        return message(text, !one(4));
    }

    private void headers(final StringBuilder text, final String... choices) {
        text.append("\r\n");
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(of(choices)).append(one(20) ? "\n" : "\r\n");
        }
    }

    private String message(final StringBuilder text, final boolean hasBody) {
        final String body = hasBody ? "x".repeat(random.nextInt(MOST_BODY)) : "";
        if (hasBody && one(3)) {
            text.append("Transfer-Encoding: chunked\r\n\r\n");
            for (int at = 0; at < body.length();) {
                final int length = Math.min(1 + random.nextInt(MOST_BODY), body.length() - at);
                text.append(Integer.toHexString(length)).append(one(8) ? ";e\r\n" : "\r\n")
                    .append(body, at, at + length).append("\r\n");
                at += length;
            }
            text.append("0\r\n\r\n");
        } else {
            if (tidy || hasBody || one(2)) {
                text.append("Content-Length: ").append(!tidy && one(20) ? 1 << random.nextInt(20) : body.length())
                    .append("\r\n");
            }
            text.append("\r\n").append(body);
        }
        if (!tidy && one(15)) {
            text.insert(random.nextInt(text.length()), of(GARBAGE));
        }
        if (!tidy && one(25)) {
            text.setLength(random.nextInt(text.length()));
        }
        return text.toString();
    }

    private void say(final boolean fromClient, final String text) {
        final byte[] bytes = Talk.text(text);
        final int cut = random.nextInt(bytes.length + 1);
        final int missing = tidy || !one(5) ? 0 : 1 + random.nextInt(MOST_MISSING);
        piece(fromClient, bytes, 0, cut);
        if (missing > 0) {
            steps.add(new Step(fromClient, null, missing));
        }
        piece(fromClient, bytes, one(2) ? cut : Math.min(bytes.length, cut + missing), bytes.length);
    }

    private void piece(final boolean fromClient, final byte[] bytes, final int from, final int to) {
        if (from < to) {
            steps.add(new Step(fromClient, Arrays.copyOfRange(bytes, from, to), 0));
        }
    }

    /** Plays it in pieces of at most so many bytes. */
    List<String> play(final FlowPlayer player, final int segment) {
        player.tcp(40000, 80, false);
        for (final Step step : steps) {
            if (step.bytes == null) {
                player.gap(step.fromClient, step.missing);
            } else if (step.bytes.length == 0) {
                player.closes(step.fromClient);
            } else {
                for (int at = 0; at < step.bytes.length; at += segment) {
                    player.says(step.fromClient, Arrays.copyOfRange(step.bytes, at,
                        Math.min(step.bytes.length, at + segment)));
                }
            }
        }
        player.end();
        return player.records().stream().map(record -> record.replaceAll("\"(flow_id|pcap_cnt)\":\\d+,", "")).toList();
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (final Step step : steps) {
            text.append(step.fromClient ? "> " : "< ");
            if (step.bytes == null) {
                text.append(step.missing).append(" missing\n");
            } else {
                text.append(new String(step.bytes, ISO_8859_1)
                    .replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0")).append('\n');
            }
        }
        return text.toString();
    }
}
