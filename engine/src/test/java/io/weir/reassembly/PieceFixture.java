package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** One sequence in a store of its own, fed from arrays. Closing it checks that nothing leaks. */
final class PieceFixture implements AutoCloseable {
    final PieceStore store;
    int root = PieceStore.EMPTY;

    private final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(1 << 17));
    private final long memoryBefore = NativeMemory.inUse(NativeMemory.Tag.REASSEMBLY);

    PieceFixture(final int chunks, final long seed) {
        store = new PieceStore((long) chunks * PieceStore.CHUNK_BYTES, seed);
    }

    void insert(final int sequence, final String text, final OverlapRule rule) {
        insert(sequence, text, rule, 0);
    }

    void insert(final int sequence, final String text, final OverlapRule rule, final int flags) {
        insert(sequence, text.getBytes(StandardCharsets.ISO_8859_1), rule, flags);
    }

    void insert(final int sequence, final byte[] data, final OverlapRule rule, final int flags) {
        bytes.putBytes(0, data);
        root = store.insert(root, sequence, bytes.addressOffset(), data.length, rule, flags);
        // what the store keeps must be its own
        bytes.setMemory(0, data.length, (byte) '!');
    }

    byte[] bytes(final int piece) {
        final byte[] data = new byte[store.length(piece)];
        new UnsafeBuffer(store.address(piece), data.length).getBytes(0, data);
        return data;
    }

    String text(final int piece) {
        return new String(bytes(piece), StandardCharsets.ISO_8859_1);
    }

    /** All that waits, by removing it: pieces that touch are one, after the sequence of their first byte. */
    String drain() {
        final StringBuilder text = new StringBuilder();
        int end = 0;
        while (root != PieceStore.EMPTY) {
            final int first = store.first(root);
            if (text.isEmpty() || store.sequence(first) != end) {
                text.append(text.isEmpty() ? "" : " ").append(store.sequence(first)).append(':');
            }
            text.append(text(first));
            end = store.sequence(first) + store.length(first);
            root = store.removeFirst(root);
        }
        return text.toString();
    }

    static long hash(final String text) {
        final byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(data.length));
        buffer.putBytes(0, data);
        return PieceStore.hash(buffer.addressOffset(), data.length);
    }

    @Override
    public void close() {
        final int before = store.inUse();
        assertEquals(before, store.free(root));
        assertEquals(0, store.inUse());
        assertTrue(NativeMemory.inUse(NativeMemory.Tag.REASSEMBLY) > memoryBefore);
        store.close();
        assertEquals(memoryBefore, NativeMemory.inUse(NativeMemory.Tag.REASSEMBLY));
    }
}
