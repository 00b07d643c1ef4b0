package io.weir.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TransactionEventTest {
    private static final int OFFSET = 64;

    private final UnsafeBuffer ring = new UnsafeBuffer(new byte[1024]);
    private final TransactionEvent written = new TransactionEvent();

    @Test
    void shouldTellRecordOfPartWithSharedFieldsBehindItsOwn() {
        write("uri;length;", "file;", "uri;".length(), false);
        final TransactionEvent read = new TransactionEvent().wrap(ring, OFFSET);
        assertTrue(read.hasPart());
        assertEquals("file;uri;", fields(read.part()));
        assertEquals("uri;length;", fields(read));
        assertEquals(9, read.part().recordType());
        assertFalse(read.part().hasPart());
        assertEquals(77, read.part().flow().flowId());
        assertEquals(3, read.part().number());
        assertEquals(1_000, read.part().stampNs());
    }

    @Test
    void shouldTellSideAndCutOfEachRecordOnItsOwn() {
        write("uri;", "file;", 0, true);
        final TransactionEvent read = new TransactionEvent().wrap(ring, OFFSET);
        assertFalse(read.isByServer());
        assertTrue(read.isCut());
        assertTrue(read.part().isByServer());
        assertFalse(read.part().isCut());
    }

    @Test
    void shouldHaveNoPartWhereOneLayBefore() {
        write("uri;", "file;", 0, false);
        written.wrap(ring, OFFSET, 4);
        assertFalse(new TransactionEvent().wrap(ring, OFFSET).hasPart());
    }

    private void write(final String whole, final String part, final int shared, final boolean cut) {
        written.wrap(ring, OFFSET, whole.length(), part.length(), shared);
        written.flow().identity(77, 0, 0, 0);
        written.is(5, 2, 3, cut, false);
        written.endedBy(12, 1_000);
        written.part(9, true, false);
        ring.putBytes(OFFSET + TransactionEvent.HEAD_LENGTH, (whole + part).getBytes(StandardCharsets.US_ASCII));
    }

    private static String fields(final TransactionEvent event) {
        final byte[] bytes = new byte[event.fieldsLength()];
        event.buffer().getBytes(event.fieldsOffset(), bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
