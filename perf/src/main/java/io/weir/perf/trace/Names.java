package io.weir.perf.trace;

import java.util.SplittableRandom;

/** Host names: some of services that many people use, most of nobody. */
final class Names {
    private static final String[] KNOWN = {"www.youtube.com", "play.googleapis.com", "outlook.office365.com",
        "api.github.com", "www.netflix.com", "edge.whatsapp.net", "media.licdn.com", "cdn.discordapp.com",
        "ipv4.download.windowsupdate.com", "gateway.icloud.com"};
    private static final String[] WORDS = {"shop", "news", "mail", "static", "img", "login", "data", "portal", "files",
        "track", "blog", "wiki"};

    private Names() {
    }

    static String host(final SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            return KNOWN[random.nextInt(KNOWN.length)];
        }
        return WORDS[random.nextInt(WORDS.length)] + random.nextInt(1000) + "." + WORDS[random.nextInt(WORDS.length)]
            + random.nextInt(1000) + ".example";
    }
}
