package io.weir.perf.trace;

import java.util.SplittableRandom;

/** Requests and answers as browsers and servers write them; one character stands for a byte. */
final class HttpMessages {
    private static final String[] PATHS = {"/", "/index.html", "/static/app.7f3c1b.js", "/api/v2/items?page=3&sort=new",
        "/images/header.png", "/feed.xml", "/search?q=packets", "/styles/site.css"};
    private static final String[] TYPES = {"text/html; charset=utf-8", "application/json", "image/png",
        "application/javascript", "text/css"};
    private static final String AGENT =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

    private HttpMessages() {
    }

    /** A request without a body; a cookie makes it longer by a random amount. */
    static String request(final SplittableRandom random) {
        final StringBuilder text = new StringBuilder(512);
        text.append("GET ").append(PATHS[random.nextInt(PATHS.length)]).append(" HTTP/1.1\r\nHost: ")
            .append(Names.host(random)).append("\r\nUser-Agent: ");
        text.append(random.nextInt(3) == 0 ? "updater/2.1" : AGENT).append("\r\nAccept: */*\r\n");
        if (random.nextBoolean()) {
            text.append("Accept-Encoding: gzip, deflate\r\nAccept-Language: en-US,en;q=0.9\r\n");
        }
        final int cookie = random.nextInt(200);
        if (cookie > 20) {
            text.append("Cookie: sid=").append("a7".repeat(cookie / 2)).append("\r\n");
        }
        return text.append("Connection: keep-alive\r\n\r\n").toString();
    }

    /** The head of an answer whose body has this length. */
    static String answer(final SplittableRandom random, final int bodyLength) {
        return "HTTP/1.1 " + (random.nextInt(12) == 0 ? "404 Not Found" : "200 OK")
            + "\r\nServer: nginx\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Type: "
            + TYPES[random.nextInt(TYPES.length)] + "\r\nContent-Length: " + bodyLength
            + "\r\nCache-Control: max-age=3600\r\nConnection: keep-alive\r\n\r\n";
    }
}
