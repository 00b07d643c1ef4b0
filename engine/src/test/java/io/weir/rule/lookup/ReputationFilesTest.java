package io.weir.rule.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.packet.Network;
import io.weir.rule.match.Reputations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reputations as files give them. */
final class ReputationFilesTest {
    @TempDir
    private Path folder;

    private Path file(final String name, final String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static int score(final Reputations of, final String category, final String address) {
        final Network host = Network.parse(address);
        return of.score(of.category(category), host.ipVersion(), host.firstHi(), host.firstLo());
    }

    @Test
    void shouldTakeTheLongestPrefixThatHasAScore() throws IOException {
        final Path categories = file("categories", "# numbers\n1,BadHosts,Known, bad hosts\n\n60,Google,\n");
        final Path first = file("a", "1.2.3.4,1,101\n1.2.3.0/24,1,7\n 10.0.0.0/8 , 60 , 0 \n2001:db8::/32,60,88\n");
        final Path second = file("b", "1.2.3.4,60,1\n1.2.3.4,60,2\n2001:db8::1,1,3\n0.0.0.0/0,60,127\n");
        final Reputations all = ReputationFiles.read(categories, List.of(first, second));
        assertEquals(101, score(all, "BadHosts", "1.2.3.4"));
        assertEquals(7, score(all, "BadHosts", "1.2.3.5"));
        assertEquals(Reputations.UNKNOWN, score(all, "BadHosts", "1.2.4.4"));
        assertEquals(2, score(all, "Google", "1.2.3.4"));
        assertEquals(0, score(all, "Google", "10.255.0.1"));
        assertEquals(127, score(all, "Google", "192.0.2.1"));
        assertEquals(88, score(all, "Google", "2001:db8::1"));
        assertEquals(3, score(all, "BadHosts", "2001:db8::1"));
        assertEquals(Reputations.UNKNOWN, score(all, "Google", "2001:db9::1"));
        assertEquals(Reputations.UNKNOWN, all.category("Nobody"));
    }

    @Test
    void shouldSayWhereFilesAreWrong() throws IOException {
        final Path categories = file("categories", "1,A,a\n61,B,b\nx\n");
        final Path scores = file("scores", "1.2.3.4,1,128\n1.2.3.4/8,1,1\n1.2.3.4,1\nhost,1,1\n");
        final IllegalArgumentException told = assertThrows(IllegalArgumentException.class,
            () -> ReputationFiles.read(categories, List.of(scores)));
        assertEquals(List.of(categories + ":2: \"61\" is no number of a category, which is 1 to 60",
            categories + ":3: a category is NUMBER,NAME,DESCRIPTION",
            scores + ":1: \"128\" is no score, which is 0 to 127",
            scores + ":2: the network 1.2.3.4/8 has bits set beyond its prefix of 8 bits",
            scores + ":3: a reputation is ADDRESS,CATEGORY,SCORE"), told.getMessage().lines().toList());
    }
}
