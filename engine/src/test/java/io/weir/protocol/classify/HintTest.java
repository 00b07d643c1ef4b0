package io.weir.protocol.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Talk;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HintTest {
    /** Fields 1 to 4: a number, a text, a message of a number and 32 bits, 64 bits. */
    private static final String MESSAGE =
        "089601 12077465 7374696e 67 1a07 0805 15 00000001 21 0102030405060708";

    private static byte[] noise(final long seed, final int length) {
        final byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static int of(final byte[] bytes) {
        return of(bytes, Probe.MAX_STREAM);
    }

    private static int of(final byte[] bytes, final int most) {
        return Hint.of(new Bytes().wrap(bytes, 0, bytes.length), most);
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

    @ParameterizedTest
    @ValueSource(strings = {
        MESSAGE,
        "0000001e" + MESSAGE,
        "1e000000" + MESSAGE,
        "00 0000001e" + MESSAGE,
        "1e" + MESSAGE,
        // a second message may follow where lengths are told
        "1e" + MESSAGE + "05 0801",
    })
    void shouldSuggestProtocolBuffers(final String message) {
        assertEquals(Hint.PROTOBUF.bit(), of(Talk.hex(message)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        // one byte too few and too many
        "089601 12077465 7374696e 67 1a07 0805 15 00000001 21 01020304050607",
        MESSAGE + "00",
        // a group; a number that needs fewer bytes; field 0; fields in no order; nothing with a length
        MESSAGE + "2b", "08968100 12077465 7374696e 67 1a07 0805 15 00000001", "0001 12077465 7374696e 67 1a01 00",
        "12077465 7374696e 67 089601 1a07 0805 15 00000001", "0801 1002 1803 2004 2805 3006",
        // text
        "0a0a0a0a0a0a0a0a0a0a0a0a0a",
    })
    void shouldNotSuggestProtocolBuffers(final String message) {
        assertEquals(0, of(Talk.hex(message)));
    }

    @Test
    void shouldSuggestProtocolBuffersOfACutMessageWithManyFields() {
        final byte[] message = Talk.hex("0801 1002 1a0161 2002 2802 320161 3a7f" + "ff".repeat(40));
        assertEquals(Hint.PROTOBUF.bit(), of(message, message.length));
        assertEquals(0, of(message, message.length + 1) & Hint.PROTOBUF.bit());
    }

    @Test
    void shouldSeldomSuggestProtocolBuffersForNoise() {
        int suggested = 0;
        for (int seed = 0; seed < 100_000; seed++) {
            suggested += of(noise(seed, 10 + seed % 200)) == Hint.PROTOBUF.bit() ? 1 : 0;
        }
        assertTrue(suggested < 100, suggested + " of 100,000");
    }

    @Test
    void shouldNotMakeALabelOfProtocolBuffers() {
        final Talk talk = Talk.tcp(8388).client(Talk.hex(MESSAGE)).server(Talk.hex(MESSAGE));
        assertNull(talk.protocol());
        assertTrue(talk.flow().contains("\"hints\":[\"protobuf\"]"), talk.flow());
    }
}
