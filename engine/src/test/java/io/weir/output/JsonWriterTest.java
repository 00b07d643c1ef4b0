package io.weir.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private final JsonWriter json = new JsonWriter();

    private String address(final String text) {
        final long[] halves = FlowEvents.address(text);
        return (String) Json.parse(json.begin().address(text.indexOf(':') >= 0 ? 6 : 4, halves[0], halves[1]).text());
    }

    @Test
    void shouldWriteBytesThatAreNoUtf8AsSuricataDoes() {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[] {'a', 3, (byte) 0xc3, (byte) 0xa9, (byte) 0xc5, 'b'});
        assertEquals("\"a\\u0003\u00e9\"", json.begin().text(bytes, 0, 4).text());
        assertEquals("\"a\\u0003\\\\xc3\\\\xa9\\\\xc5b\"", json.begin().text(bytes, 0, 6).text());
    }

    @Test
    void shouldWriteEveryNumber() {
        final Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            final long value = random.nextLong() >> random.nextInt(64);
            assertEquals(Long.toString(value), json.begin().number(value).text());
        }
        assertEquals("0", json.begin().number(0).text());
        assertEquals(Long.toString(Long.MIN_VALUE), json.begin().number(Long.MIN_VALUE).text());
        assertEquals(Long.toString(Long.MAX_VALUE), json.begin().number(Long.MAX_VALUE).text());
    }

    @Test
    void shouldWriteNumbersWithOneDigitMoreFromEachPowerOfTen() {
        for (long power = 1; power <= 1_000_000_000_000_000_000L / 10; power *= 10) {
            for (final long value : new long[] {power * 10 - 1, power * 10, power * 10 + 1, -power * 10}) {
                assertEquals(Long.toString(value), json.begin().number(value).text());
            }
        }
    }

    @Test
    void shouldWriteEachByteAtEachPlaceAmongPlainOnesAsItDoesAlone() {
        for (int value = 0; value < 0x80; value++) {
            json.begin().text(new UnsafeBuffer(new byte[] {(byte) value}), 0, 1);
            final String alone = json.text().substring(1, json.text().length() - 1);
            for (int place = 0; place < 20; place++) {
                final byte[] plain = "abcdefghij !~0123456".getBytes(StandardCharsets.US_ASCII);
                plain[place] = (byte) value;
                assertEquals('"' + "abcdefghij !~0123456".substring(0, place) + alone
                    + "abcdefghij !~0123456".substring(place + 1) + '"',
                    json.begin().text(new UnsafeBuffer(plain), 0, plain.length).text());
            }
        }
    }

    @Test
    void shouldEscapeWhatSteersTerminalsAndBreaksLines() {
        assertEquals("\"a\\\"b\\\\c\\u000a\\u001b[2J\\u007f\\u009b\\u2028\"",
            json.begin().string("a\"b\\c\n\u001b[2J\u007f\u009b\u2028").text());
    }

    @Test
    void shouldReplaceHalfSurrogatePairs() {
        assertEquals("\ufffdx\ufffd\ud83d\ude00", Json.parse(json.begin().string("\udc00x\ud800\ud83d\ude00").text()));
        assertEquals("\ufffd", Json.parse(json.begin().string("\ud800").text()));
    }

    @Test
    void shouldReadBackAsTheSameTextWhateverItIs() throws CharacterCodingException {
        final Random random = new Random(4);
        for (int i = 0; i < 5_000; i++) {
            final String text = randomText(random);
            final ByteBuffer bytes = ByteBuffer.allocate(JsonWriter.CAPACITY);
            json.begin().string(text).copyTo(bytes);
            final CharBuffer decoded = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT).decode(bytes.flip());
            // The JDK writes half surrogate pairs as question marks.
            final String expected = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            final String read = (String) Json.parse(decoded.toString());
            assertEquals(expected.replace('?', '\ufffd'), read.replace('?', '\ufffd'));
            assertTrue(decoded.chars().noneMatch(c -> c < 0x20 || c == 0x7f), "no raw control character");
        }
    }

    private static String randomText(final Random random) {
        final StringBuilder text = new StringBuilder();
        final int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x100));
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.appendCodePoint(random.nextInt(0x110000));
                default -> text.append("\"\\/\b\f\n\r\t\0".charAt(random.nextInt(9)));
            }
        }
        return text.toString();
    }

    @Test
    void shouldCutTextThatIsTooLong() {
        final String text = (String) Json.parse(json.begin().string("x".repeat(100_000)).text());
        assertEquals(JsonWriter.MAX_TEXT, text.length());
    }

    @Test
    void shouldWriteAddressesInCanonicalForm() {
        assertEquals("192.0.2.255", address("192.0.2.255"));
        assertEquals("0.0.0.0", address("0.0.0.0"));
        assertEquals("2001:db8::1", address("2001:db8:0:0:0:0:0:1"));
        assertEquals("2001:db8:0:1:1:1:1:1", address("2001:db8:0:1:1:1:1:1"));
        assertEquals("2001:0:0:1::1", address("2001:0:0:1:0:0:0:1"));
        assertEquals("2001:db8::1:0:0:1", address("2001:db8:0:0:1:0:0:1"));
        assertEquals("::", address("0:0:0:0:0:0:0:0"));
        assertEquals("::1", address("0:0:0:0:0:0:0:1"));
        assertEquals("fe80::", address("fe80:0:0:0:0:0:0:0"));
        assertEquals("a:b:c:d:e:f::", address("a:b:c:d:e:f:0:0"));
        assertEquals("::ffff:192.0.2.1", Json.parse(json.begin().address(6, 0, 0xffff_c000_0201L).text()));
    }

    @Test
    void shouldWriteAllDigitsOfAddressesWhereThatIsWanted() {
        json.fullAddresses(true);
        assertEquals("2001:0db8:0000:0000:0000:0000:0000:000a", address("2001:db8::a"));
        assertEquals("192.0.2.1", address("192.0.2.1"));
    }

    @Test
    void shouldWriteAddressesThatReadBackAsTheSame() throws UnknownHostException {
        final Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            long hi = random.nextLong();
            long lo = random.nextLong();
            for (int group = 0; group < 8; group++) {
                final long mask = ~(0xffffL << 16 * (group & 3));
                if (random.nextBoolean()) {
                    hi &= group < 4 ? mask : -1L;
                    lo &= group < 4 ? -1L : mask;
                }
            }
            final String text = (String) Json.parse(json.begin().address(6, hi, lo).text());
            if (hi != 0 || lo >>> 32 != 0xffff) {
                final ByteBuffer read = ByteBuffer.wrap(InetAddress.getByName(text).getAddress());
                assertEquals(hi, read.getLong(), text);
                assertEquals(lo, read.getLong(), text);
            }
            assertEquals(text, text.replaceAll(":::+", "::"));
        }
    }
}
