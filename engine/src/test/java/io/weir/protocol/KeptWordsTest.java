package io.weir.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeptWordsTest {
    @Test
    void shouldTellBytesFromThoseThatAreKeptByEachOfThem() {
        final byte[] text = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36".getBytes(US_ASCII);
        final Bytes bytes = new Bytes();
        final long[] words = new long[8];
        for (int count = 8; count <= text.length; count++) {
            bytes.wrap(text, 0, count);
            KeptWords.keep(bytes, 0, count, words, 1);
            final long hash = KeptWords.hash(bytes, 0, count);
            for (int at = 0; at < count; at++) {
                assertTrue(KeptWords.areKept(bytes, 0, count, words, 1));
                text[at] ^= 1;
                assertFalse(KeptWords.areKept(bytes, 0, count, words, 1));
                assertNotEquals(hash, KeptWords.hash(bytes, 0, count));
                text[at] ^= 1;
            }
        }
    }
}
