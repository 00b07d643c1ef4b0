package io.weir.perf.trace;

import java.util.SplittableRandom;

/** Questions and answers of DNS (RFC 1035); one character stands for a byte. */
final class DnsMessages {
    private static final String ADDRESS = "\u0000\u0001\u0000\u0001";
    private static final String ADDRESS6 = "\u0000\u001c\u0000\u0001";

    private DnsMessages() {
    }

    /** Identifier of a question and its answer. */
    static String id(final SplittableRandom random) {
        return "" + (char) random.nextInt(256) + (char) random.nextInt(256);
    }

    /** The name and type that is asked for. */
    static String question(final SplittableRandom random) {
        final StringBuilder text = new StringBuilder(64);
        for (final String label : Names.host(random).split("\\.")) {
            text.append((char) label.length()).append(label);
        }
        return text.append('\0').append(random.nextInt(4) == 0 ? ADDRESS6 : ADDRESS).toString();
    }

    static String query(final String id, final String question) {
        return id + "\u0001\u0000\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000" + question;
    }

    /** An answer with up to six addresses, sometimes behind an alias. */
    static String response(final SplittableRandom random, final String id, final String question) {
        final boolean v6 = question.endsWith(ADDRESS6);
        final int addresses = 1 + random.nextInt(6);
        final boolean alias = random.nextInt(3) == 0;
        final StringBuilder text = new StringBuilder(256).append(id).append("\u0081\u0080\u0000\u0001\u0000")
            .append((char) (addresses + (alias ? 1 : 0))).append("\u0000\u0000\u0000\u0000").append(question);
        if (alias) {
            text.append("\u00c0\u000c\u0000\u0005\u0000\u0001\u0000\u0000\u0001,\u0000\u0006\u0003cdn\u00c0\u000c");
        }
        for (int i = 0; i < addresses; i++) {
            text.append("\u00c0\u000c").append(v6 ? ADDRESS6 : ADDRESS).append("\u0000\u0000\u0001,\u0000");
            text.append(v6 ? "\u0010 \u0001\r\u00b8" + "\u0000".repeat(11) : "\u0004\u00c6\u0012\u0000");
            text.append((char) random.nextInt(256));
        }
        return text.toString();
    }
}
