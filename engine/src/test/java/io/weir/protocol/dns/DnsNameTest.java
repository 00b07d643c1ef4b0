package io.weir.protocol.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names in messages. */
class DnsNameTest {
    private final DnsName name = new DnsName();

    @Test
    void shouldReadLabelsAndFollowPointers() {
        final Bytes message = message("\u0003www\u0007example\u0003org\u0000\u0004mail\u00c0\u0004\u00c0\u0011");

        assertTrue(name.read(message, 0));
        assertEquals("www.example.org", text());
        assertEquals(17, name.end());
        assertTrue(name.isPlain());
        assertTrue(name.read(message, 17));
        assertEquals("mail.example.org", text());
        assertEquals(24, name.end());
        assertFalse(name.isPlain());
        assertTrue(name.read(message, 24));
        assertEquals("mail.example.org", text());
    }

    @Test
    void shouldReadTheRootAsNothing() {
        assertTrue(name.read(message("\u0000"), 0));
        assertEquals("", text());
        assertEquals(1, name.end());
    }

    @Test
    void shouldCutWhatIsLongerThanANameMayBe() {
        for (int last = 1; last <= 63; last++) {
            final String before = ((char) 63 + "a".repeat(63)).repeat(15);
            final Bytes message = message(before + (char) last + "b".repeat(last) + "\u0001c\u0000");

            assertTrue(name.read(message, 0));
            final String whole = ("a".repeat(63) + ".").repeat(15) + "b".repeat(last) + ".c";
            assertEquals(whole.substring(0, Math.min(DnsName.MAX_LENGTH, whole.length())), text());
            assertEquals(whole.length() > DnsName.MAX_LENGTH, name.isCut());
            assertEquals(message.length(), name.end());
        }
    }

    /** Read label by label, which is the simplest way. */
    @Test
    void shouldReadWhateverTheBytesAsLabelByLabel() {
        final Random random = new Random(1);
        for (int i = 0; i < 30_000; i++) {
            final byte[] bytes = new byte[1 + random.nextInt(i % 10 == 0 ? 3_000 : 60)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) random.nextInt(256);
            }
            final int longest = 1 + random.nextInt(63);
            for (int at = 0; at < bytes.length;) {
                final int kind = random.nextInt(i % 3 == 0 ? 12 : 200);
                final int size = 1 + random.nextInt(longest);
                bytes[at] = (byte) (kind == 0 ? 0 : kind < 4 ? 0xc0 : kind == 4 ? 70 : size);
                if (kind > 0 && kind < 4 && at + 1 < bytes.length) {
                    bytes[at + 1] = (byte) random.nextInt(bytes.length);
                }
                at += kind == 0 || kind == 4 ? 1 : kind < 4 ? 2 : 1 + size;
            }
            assertAsLabelByLabel(bytes, 0);
            assertAsLabelByLabel(bytes, random.nextInt(bytes.length));
        }
    }

    private void assertAsLabelByLabel(final byte[] message, final int start) {
        final StringBuilder expected = new StringBuilder();
        int end = -1;
        int at = start;
        boolean good = true;
        boolean cut = false;
        for (int jumps = 0; good;) {
            final int size = at < message.length ? message[at] & 0xff : -1;
            if (size == 0) {
                end = end < 0 ? at + 1 : end;
                break;
            }
            if (size >= 0xc0) {
                good = at + 2 <= message.length && ++jumps <= 128;
                end = end < 0 ? at + 2 : end;
                at = good ? (message[at] & 0x3f) << 8 | message[at + 1] & 0xff : at;
                continue;
            }
            good = size > 0 && size <= 63 && at + 1 + size <= message.length;
            if (good) {
                final String label = new String(message, at + 1, size, StandardCharsets.ISO_8859_1);
                expected.append(expected.length() == 0 ? "" : ".").append(label);
                cut = expected.length() > DnsName.MAX_LENGTH;
                at += 1 + size;
                if (cut && end >= 0) {
                    break;
                }
            }
        }
        assertEquals(good, name.read(new Bytes().wrap(message, 0, message.length), start));
        if (good) {
            assertEquals(expected.substring(0, Math.min(DnsName.MAX_LENGTH, expected.length())), text());
            assertEquals(end, name.end());
            assertEquals(cut, name.isCut());
        }
    }

    private String text() {
        return new String(name.text(), 0, name.length(), StandardCharsets.ISO_8859_1);
    }

    private static Bytes message(final String bytes) {
        return new Bytes().wrap(bytes.getBytes(StandardCharsets.ISO_8859_1), 0, bytes.length());
    }
}
