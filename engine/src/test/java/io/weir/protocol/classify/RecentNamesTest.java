package io.weir.protocol.classify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.Bytes;
import io.weir.protocol.NameKind;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names remembered in front of those who know them. */
class RecentNamesTest {
    /** Its numbers say which name was asked for; counts how often it was. */
    private static final class Table implements ApplicationMatcher {
        private final int factor;
        private int asked;

        Table(final int factor) {
            this.factor = factor;
        }

        @Override
        public int find(final NameKind kind, final Bytes bytes, final int from, final int length) {
            asked++;
            int sum = kind.ordinal();
            for (int i = from; i < from + length; i++) {
                sum = sum * factor + bytes.u8(i);
            }
            return sum & 0xffff;
        }

        @Override
        public int findAddress(final int ipVersion, final long hi, final long lo) {
            return 0;
        }
    }

    /** Whose table may be replaced. */
    private static final class Replaced implements ApplicationMatcher {
        private Table table = new Table(31);

        @Override
        public ApplicationMatcher current() {
            return table;
        }

        @Override
        public int find(final NameKind kind, final Bytes bytes, final int from, final int length) {
            return table.find(kind, bytes, from, length);
        }

        @Override
        public int findAddress(final int ipVersion, final long hi, final long lo) {
            return table.findAddress(ipVersion, hi, lo);
        }
    }

    private final Replaced applications = new Replaced();
    private final RecentNames names = new RecentNames(applications);

    private int find(final ApplicationMatcher matcher, final NameKind kind, final String name) {
        return matcher.find(kind, new Bytes().wrap((">" + name + "<").getBytes(US_ASCII), 0, name.length() + 2), 1,
            name.length());
    }

    @Test
    void shouldAnswerAsTheTableDoesWhateverWasAskedBefore() {
        final Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            final NameKind kind = NameKind.values()[random.nextInt(NameKind.values().length)];
            final String name = "x".repeat(random.nextInt(140)) + random.nextInt(10);
            assertEquals(find(applications, kind, name), find(names, kind, name), name);
        }
    }

    @Test
    void shouldNotAskAgainForANameJustAskedFor() {
        find(names, NameKind.HOST, "www.example.com");
        find(names, NameKind.HOST, "www.example.com");
        assertEquals(1, applications.table.asked);
    }

    @Test
    void shouldAskTheNewTableOnceItIsReplaced() {
        find(names, NameKind.HOST, "www.example.com");
        applications.table = new Table(37);
        assertEquals(find(applications, NameKind.HOST, "www.example.com"),
            find(names, NameKind.HOST, "www.example.com"));
    }
}
