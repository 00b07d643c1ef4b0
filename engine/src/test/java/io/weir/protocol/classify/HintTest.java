package io.weir.protocol.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Bytes;
import io.weir.protocol.Talk;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HintTest {
    private static byte[] noise(final long seed, final int length) {
        final byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static int of(final byte[] bytes) {
        return Hint.of(new Bytes().wrap(bytes, 0, bytes.length));
    }

    @Test
    void shouldSuggestEncryptionForNoiseAlone() {
        int suggested = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            suggested += of(noise(seed, 200)) == 0 ? 0 : 1;
        }
        assertEquals(1_000, suggested, 5);
        assertEquals(0, of(noise(1, 31)), "too short to say");
        assertEquals(0, of(new byte[200]), "hardly a bit is set");
        final byte[] text = noise(2, 200);
        Arrays.fill(text, 40, 61, (byte) 'a');
        assertEquals(0, of(text), "a run of text");
        final byte[] banner = noise(3, 200);
        Arrays.fill(banner, 0, 6, (byte) 'V');
        assertEquals(0, of(banner), "begins with text");
    }

    @Test
    void shouldNotMakeALabelOfAHint() {
        final Talk talk = Talk.tcp(8388).client(noise(5, 300)).server(noise(6, 300));
        assertNull(talk.protocol());
        assertTrue(talk.flow().contains("\"hints\":[\"fully-encrypted\"]"), talk.flow());
    }
}
