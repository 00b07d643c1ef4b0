package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PieceStoreTest {
    private final PieceStore store = new PieceStore(1 << 20, 1);
    private final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(1 << 17));
    private int root = PieceStore.EMPTY;

    @AfterEach
    void close() {
        store.free(root);
        assertEquals(0, store.inUse());
        store.close();
    }

    @Test
    void shouldHoldPiecesInOrderOfSequence() {
        insert(20, "cc", OverlapRule.OLD);
        insert(0, "aa", OverlapRule.OLD);
        insert(10, "bb", OverlapRule.OLD);
        assertEquals("0:aa 10:bb 20:cc", pieces());
    }

    @Test
    void shouldKeepTheOldCopyAndFillWhatIsFree() {
        insert(2, "aa", OverlapRule.OLD);
        insert(0, "bbbbbb", OverlapRule.OLD);
        assertEquals("0:bb 2:aabb", pieces());
        assertEquals(4, store.storedBytes());
        assertEquals(2, store.overlapBytes());
    }

    @Test
    void shouldPutTheNewCopyIntoTheMiddleOfTheOldOne() {
        insert(-3, "aaaaaa", OverlapRule.NEW);
        insert(-1, "bb", OverlapRule.NEW);
        assertEquals("-3:aabb 1:aa", pieces());
        assertTrue(store.isDiffering());
        assertEquals(-1, store.differingSequence());
        assertEquals(2, store.differingLength());
    }

    private void insert(final int sequence, final String text, final OverlapRule rule) {
        bytes.putBytes(0, text.getBytes(StandardCharsets.ISO_8859_1));
        root = store.insert(root, sequence, bytes.addressOffset(), text.length(), rule, 0);
    }

    private String pieces() {
        final StringBuilder text = new StringBuilder();
        int rest = root;
        while (rest != PieceStore.EMPTY) {
            final int first = store.first(rest);
            text.append(text.isEmpty() ? "" : " ").append(store.sequence(first)).append(':');
            final byte[] data = new byte[store.length(first)];
            new UnsafeBuffer(store.address(first), data.length).getBytes(0, data);
            text.append(new String(data, StandardCharsets.ISO_8859_1));
            rest = store.removeFirst(rest);
        }
        root = rest;
        return text.toString();
    }
}
