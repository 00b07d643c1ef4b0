package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.catalogue.Protocols;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the tests of segmentation, evasion and pick-up are about, and what fuzzing begins with: an exchange for
 * everything that is parsed.
 */
final class SampleTalkTest {
    @Test
    void shouldHaveAnExchangeForEveryParser() {
        final Set<String> parsed = new TreeSet<>();
        for (final Protocol protocol : Protocols.all()) {
            for (final boolean udp : new boolean[] {false, true}) {
                if (protocol.isParsed(udp)) {
                    parsed.add(protocol.name() + (udp ? "/udp" : "/tcp"));
                }
            }
        }
        assertEquals(parsed, SampleTalk.all().stream().map(SampleTalk::toString)
            .collect(Collectors.toCollection(TreeSet::new)));
    }
}
