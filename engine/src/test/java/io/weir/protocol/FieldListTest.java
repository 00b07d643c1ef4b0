package io.weir.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.http.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FieldListTest {
    private static final int MOST = 1_000;
    private static final int MOST_VALUE = 200;
    /** Kept so that groups can be ended. */
    private static final int RESERVE = 8 * FieldList.HEADER;

    static {
        // Fields have their numbers from there.
        Protocols.all();
    }

    private final BufferPool pool = new BufferPool(1 << 20);
    private final FieldList list = new FieldList(pool, MOST, MOST_VALUE);
    private final Bytes bytes = new Bytes();

    private String value(final Field field) {
        final Bytes view = new Bytes();
        final boolean found = list.find(field, view);
        final byte[] value = new byte[found ? view.length() : 0];
        view.copyTo(0, value, 0, value.length);
        return found ? new String(value, ISO_8859_1) : null;
    }

    @Test
    void shouldWriteNumbersInDecimalWithTheirSign() {
        for (final long number : new long[] {0, 9, 10, -1, -10, -133, Long.MAX_VALUE, Long.MIN_VALUE}) {
            list.clear();
            list.putDecimal(Http.URI, number);
            assertEquals(Long.toString(number), value(Http.URI));
        }
    }

    @Test
    void shouldCountARefusalOnceWhereRoomWasExpected() {
        final BufferPool none = new BufferPool(0);
        final FieldList without = new FieldList(none, MOST, MOST_VALUE);
        without.expect(100);
        assertEquals(0, none.refused());
        assertFalse(without.isCut());
        without.put(Http.STATUS, 200);
        assertEquals(1, none.refused());
        assertTrue(without.isCut());
    }

    @Test
    void shouldAddToAValueThatOthersStandBehind() {
        final byte[] comma = {','};
        final Bytes more = new Bytes().wrap("ab".getBytes(ISO_8859_1), 0, 2);
        list.extend(Http.URI, comma, more, 1, 1);
        list.put(Http.STATUS, 200).put(Http.REFERER, more);
        list.extend(Http.URI, comma, more, 0, 2);
        assertEquals("b,ab", value(Http.URI));
        // the last value may go on behind that
        list.append(Http.REFERER, false, more);
        assertEquals("abab", value(Http.REFERER));
        for (int i = 0; i < MOST_VALUE; i++) {
            list.extend(Http.URI, comma, more, 0, 2);
        }
        assertEquals("b" + ",ab".repeat(MOST_VALUE / 3), value(Http.URI), "no separator stands alone");
        assertEquals("abab", value(Http.REFERER));
        assertTrue(list.isCut());
        list.clear();
        list.put(Http.URI, more).put(Http.REFERER, new byte[MOST_VALUE]);
        while (!list.isCut()) {
            list.put(Http.STATUS, 1);
        }
        final int full = list.length();
        for (int i = 0; i < MOST; i++) {
            list.extend(Http.URI, comma, more, 0, 2);
        }
        assertTrue(list.length() <= MOST - RESERVE && list.length() >= full);
    }

    @Test
    void shouldHoldWhatWasToldAsFarAsThereIsRoom() {
        final Random random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            list.clear();
            final List<String> expected = new ArrayList<>();
            int length = 0;
            boolean cut = false;
            for (int i = random.nextInt(60); i > 0; i--) {
                if (random.nextBoolean()) {
                    final long value = random.nextLong();
                    list.put(Http.STATUS, value);
                    if (length + FieldList.HEADER + Long.BYTES <= MOST - RESERVE) {
                        length += FieldList.HEADER + Long.BYTES;
                        expected.add(Http.STATUS.id() + "=" + value);
                    } else {
                        cut = true;
                    }
                } else {
                    final String value = "v".repeat(random.nextInt(random.nextInt(8) == 0 ? 300 : 40));
                    list.put(Http.URI, bytes.wrap(value.getBytes(ISO_8859_1), 0, value.length()));
                    final int room =
                        Math.min(value.length(), Math.min(MOST_VALUE, MOST - RESERVE - length - FieldList.HEADER));
                    cut |= room < value.length();
                    if (room >= 0) {
                        length += FieldList.HEADER + room;
                        expected.add(Http.URI.id() + "=" + value.substring(0, room));
                    }
                }
            }
            assertEquals(expected, values());
            assertEquals(cut, list.isCut());
            if (random.nextInt(4) == 0) {
                list.giveBack();
                assertEquals(0, pool.inUse());
            }
        }
    }

    @Test
    void shouldLeaveOutAllOfAGroupThatHasNoRoom() {
        for (int depth = 0; depth < 8; depth++) {
            list.begin(Http.OBJECT).put(Http.STATUS, depth);
        }
        for (int depth = 0; depth < 8; depth++) {
            list.end();
        }
        list.put(Http.STATUS, 99);
        assertEquals(List.of("0", "1", "2", "3", "4", "5", "99"),
            values().stream().map(value -> value.substring(value.indexOf('=') + 1)).toList());
        assertTrue(list.isCut());
    }

    @Test
    void shouldHoldNothingOnceItsMemoryIsGivenBack() {
        list.put(Http.STATUS, 200);
        list.giveBack();
        assertFalse(list.find(Http.STATUS, bytes));
        assertEquals(0, list.length());
        list.put(Http.STATUS, 404);
        assertEquals(List.of(Http.STATUS.id() + "=404"), values());
    }

    @Test
    void shouldPutLettersIntoLowerCaseAndNothingElse() {
        for (int length = 0; length < 40; length++) {
            final String value = "A@Z[a`z{\u00c0\u00e1XyQ-.".repeat(3).substring(0, length);
            list.clear();
            list.putLower(Http.URI, bytes.wrap(value.getBytes(ISO_8859_1), 0, length), 0, length);
            final StringBuilder lower = new StringBuilder();
            value.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 0x20 : c)));
            assertEquals(List.of(Http.URI.id() + "=" + lower), values());
        }
    }

    @Test
    void shouldTellAGroupAgainAsIfItWasToldOrNothingOfIt() {
        final FieldList plain = new FieldList(pool, MOST, MOST_VALUE);
        for (int before = 0; before < MOST; before++) {
            list.clear();
            plain.clear();
            fill(list, before);
            fill(plain, before);
            final int from = list.length();
            group(list, 1);
            group(plain, 1);
            for (int i = 2; i < 9 && !plain.isCut(); i++) {
                bytes.wrap(new byte[] {0, (byte) i, (byte) i, (byte) i, (byte) i}, 0, 5);
                final int length = list.length();
                if (!list.again(length - (length - from) / (i - 1), bytes, 1, 4)) {
                    assertEquals(length, list.length());
                    group(list, i);
                }
                group(plain, i);
                assertEquals(values(plain), values());
                assertEquals(plain.isCut(), list.isCut());
            }
        }
    }

    @Test
    void shouldTellAllThatAnotherListToldOrNothingOfIt() {
        final FieldList other = new FieldList(pool, MOST, MOST_VALUE);
        group(other, 7);
        int refused = 0;
        for (int before = 0; before < MOST; before++) {
            list.clear();
            fill(list, before);
            final int length = list.length();
            if (list.putAll(other.array(), other.length())) {
                assertEquals(values(other), values().subList(values().size() - 2, values().size()));
            } else {
                assertTrue(length + other.length() > MOST - RESERVE);
                assertEquals(length, list.length());
                refused++;
            }
        }
        assertTrue(refused > 0);
    }

    private static void fill(final FieldList list, final int bytes) {
        for (int left = bytes; left > 0; left -= FieldList.HEADER + MOST_VALUE) {
            list.put(Http.URI, new byte[MOST_VALUE], 0, Math.max(0, Math.min(left - FieldList.HEADER, MOST_VALUE)));
        }
    }

    private void group(final FieldList target, final int value) {
        final byte[] four = {(byte) value, (byte) value, (byte) value, (byte) value};
        target.begin(Http.OBJECT).put(Http.STATUS, 200).put(Http.URI, four).end();
    }

    private List<String> values() {
        return values(list);
    }

    private static List<String> values(final FieldList list) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[MOST]);
        list.copyTo(copy, 0);
        final List<String> values = new ArrayList<>();
        for (int at = 0; at < list.length();) {
            final int id = copy.getShort(at) & 0xffff;
            final int length = copy.getShort(at + 2) & 0xffff;
            at += FieldList.HEADER;
            if (length < FieldList.SIBLING) {
                values.add(id + "=" + (id == Http.STATUS.id() ? String.valueOf(copy.getLong(at))
                    : text(copy, at, length)));
                at += length;
            }
        }
        return values;
    }

    private static String text(final UnsafeBuffer copy, final int at, final int length) {
        final byte[] text = new byte[length];
        copy.getBytes(at, text);
        return new String(text, ISO_8859_1);
    }
}
