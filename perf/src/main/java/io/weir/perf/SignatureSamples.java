package io.weir.perf;

import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Rule;
import io.weir.rule.signature.SignatureContext;
import io.weir.rule.signature.SignatureLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Signatures as they are written: two of three about HTTP, the others about names asked of DNS, servers of TLS, and
 * payload at ports. The same in every run; hardly one of them matches. {@code SignatureSamples COUNT} prints them.
 */
public final class SignatureSamples {
    private static final int[] TCP_PORTS = {21, 22, 23, 25, 80, 110, 135, 139, 143, 389, 443, 445, 1433, 1521, 3306,
        3389, 5432, 5900, 6667, 8080, 9200};
    private static final int[] UDP_PORTS = {53, 69, 123, 137, 161, 500, 1434, 1900, 5060, 11211};
    private static final String[] METHODS = {"GET", "POST"};
    private static final String[] ENDINGS = {"com", "net", "org", "info", "top", "xyz", "ru", "cn", "biz", "pw"};
    private static final String[] HEADERS = {"X-", "Cookie|3a 20|", "Referer|3a 20|http|3a|//", "Accept|3a 20|",
        "Content-Type|3a 20|application/x-"};
    private static final String CLIENT_RULE = "alert http $HOME_NET any -> $EXTERNAL_NET any (msg:\"%s\"; "
        + "flow:established,to_server; %s sid:%d; rev:1;)";

    private final SplittableRandom random = new SplittableRandom(19);

    private SignatureSamples() {
    }

    /** Prints so many. */
    public static void main(final String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: SignatureSamples COUNT");
            System.exit(2);
        }
        lines(Integer.parseInt(arguments[0])).forEach(System.out::println);
    }

    private static List<String> lines(final int count) {
        final SignatureSamples samples = new SignatureSamples();
        final List<String> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add(samples.line(i, 1_000_000 + i));
        }
        return lines;
    }

    /** So many rules, loaded from text. */
    static List<Rule> rules(final int count) {
        final List<String> lines = lines(count);
        final LoadedRules loaded = new SignatureLoader(new SignatureContext()).load("samples", lines);
        if (!loaded.faults().isEmpty() || loaded.rules().size() != count) {
            throw new IllegalStateException(loaded.rules().size() + " of " + count + " loaded, with "
                + loaded.faults().size() + " faults, such as " + loaded.faults().stream().findFirst().orElse(null));
        }
        return loaded.rules();
    }

    private String line(final int kind, final int sid) {
        final String name = "sample " + sid;
        return switch (kind % 20) {
            case 0, 1, 2, 3 -> client(name, sid, "http.method; content:\"%s\"; http.uri; content:\"/%s.php?%s=\";"
                .formatted(any(METHODS), words(10), words(4)));
            case 4, 5 -> client(name, sid, ("http.uri; content:\"/%s\"; startswith; content:\".%s\"; endswith; "
                + "pcre:\"/^\\/[a-z0-9]{4,}\\/%s/i\"; http.user_agent; content:\"%s\"; nocase;")
                .formatted(words(8), words(3), words(5), words(9)));
            case 6, 7 -> client(name, sid, "http.host; content:\"%s\"; bsize:<40; fast_pattern;".formatted(host()));
            case 8, 9 -> client(name, sid, "http.user_agent; content:\"%s/\"; startswith;".formatted(words(12)));
            case 10 -> client(name, sid, "http.header; content:\"%s%s\"; nocase; fast_pattern; http.header_names; "
                .formatted(any(HEADERS), words(10)) + "content:!\"Referer\";");
            case 11 -> client(name, sid, "http.method; content:\"POST\"; http.request_body; content:\"%s=\"; depth:40; "
                .formatted(words(7)) + "content:\"&%s=\"; distance:0;".formatted(words(5)));
            case 12 -> ("alert http $EXTERNAL_NET any -> $HOME_NET any (msg:\"%s\"; flow:established,to_client; "
                + "file.data; content:\"%s\"; nocase; content:\"%s\"; within:200; sid:%d; rev:1;)")
                .formatted(name, words(16), words(6), sid);
            case 13, 14 -> ("alert dns $HOME_NET any -> any any (msg:\"%s\"; dns.query; content:\"%s\"; nocase; "
                + "endswith; sid:%d; rev:1;)").formatted(name, host(), sid);
            case 15, 16 -> ("alert tls $HOME_NET any -> $EXTERNAL_NET any (msg:\"%s\"; flow:established,to_server; "
                + "tls.sni; content:\"%s\"; endswith; sid:%d; rev:1;)").formatted(name, host(), sid);
            case 17 -> ("alert tcp $EXTERNAL_NET any -> $HOME_NET %d (msg:\"%s\"; flow:established,to_server; "
                + "content:\"|%s|\"; depth:16; content:\"%s\"; distance:4; sid:%d; rev:1;)")
                .formatted(TCP_PORTS[random.nextInt(TCP_PORTS.length)], name, bytes(4), words(8), sid);
            case 18 -> ("alert tcp $HOME_NET any -> $EXTERNAL_NET %s (msg:\"%s\"; flow:established,to_server; "
                + "dsize:>20; content:\"%s|00 %s|\"; sid:%d; rev:1;)").formatted(random.nextInt(4) == 0 ? "any"
                : "[1024:5000," + TCP_PORTS[random.nextInt(TCP_PORTS.length)] + "]", name, words(9), bytes(3), sid);
            default -> ("alert udp $EXTERNAL_NET any -> $HOME_NET %d (msg:\"%s\"; content:\"|%s|\"; offset:2; "
                + "depth:20; content:\"%s\"; sid:%d; rev:1;)")
                .formatted(UDP_PORTS[random.nextInt(UDP_PORTS.length)], name, bytes(4), words(6), sid);
        };
    }

    private static String client(final String name, final int sid, final String conditions) {
        return CLIENT_RULE.formatted(name, conditions, sid);
    }

    private String any(final String[] of) {
        return of[random.nextInt(of.length)];
    }

    private String host() {
        return letters(words(6 + random.nextInt(8))).toLowerCase(Locale.ROOT) + random.nextInt(100) + "."
            + any(ENDINGS);
    }

    private String words(final int shortest) {
        return letters(new String(PatternSamples.words(random, shortest + random.nextInt(10)),
            StandardCharsets.ISO_8859_1));
    }

    /** What means something in rules or expressions becomes a letter. */
    private static String letters(final String text) {
        return text.replaceAll("[^A-Za-z0-9]", "q");
    }

    private String bytes(final int count) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append("%02x".formatted(random.nextInt(256)));
        }
        return text.toString();
    }
}
