package io.weir.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JvmCountersTest {
    private final ByteBuffer memory = ByteBuffer.allocate(1024);
    private int entries;

    private void begin() {
        memory.order(ByteOrder.BIG_ENDIAN).putInt(0xcafec0c0).order(ByteOrder.LITTLE_ENDIAN);
        memory.put((byte) 1).put((byte) 2).put((byte) 0).put((byte) 1);
        memory.putInt(24, 32);
        memory.position(32);
    }

    private void counter(final String name, final long value) {
        final int start = memory.position();
        final int nameBytes = name.length() + 8 & ~7;
        memory.putInt(20 + 4 + nameBytes + Long.BYTES).putInt(24).putInt(0);
        memory.put((byte) 'J').put((byte) 0).put((byte) 3).put((byte) 3).putInt(24 + nameBytes);
        memory.position(start + 24).put(name.getBytes(StandardCharsets.US_ASCII));
        memory.putLong(start + 24 + nameBytes, value).position(start + 24 + nameBytes + Long.BYTES);
        memory.putInt(28, ++entries);
    }

    @Test
    void shouldAddUpTheTimesOfSafepointsAndOfAllCollectors() {
        begin();
        counter("sun.rt.applicationTime", 1);
        counter("sun.rt.safepointTime", 20);
        counter("sun.gc.collector.0.time", 300);
        counter("sun.rt.safepointSyncTime", 4);
        counter("sun.gc.collector.1.time", 5_000);
        final JvmCounters counters = new JvmCounters(memory);
        assertEquals(24, counters.safepointNs());
        assertEquals(5_300, counters.collectionNs());
    }

    @Test
    void shouldDoWithoutMemoryItDoesNotUnderstand() {
        assertEquals(-1, new JvmCounters(null).safepointNs());
        assertEquals(-1, new JvmCounters(ByteBuffer.allocate(0)).safepointNs());
        assertEquals(-1, new JvmCounters(ByteBuffer.allocate(512)).safepointNs());
        assertTrue(new JvmCounters(null).collectionNs() >= 0);
        begin();
        counter("sun.rt.safepointTime", 20);
        memory.putInt(28, 1_000);
        memory.putInt(memory.position(), 3);
        assertEquals(-1, new JvmCounters(memory).safepointNs(), "a chain of entries that leads nowhere");
        memory.putInt(24, Integer.MAX_VALUE - 4);
        assertEquals(-1, new JvmCounters(memory).safepointNs());
    }
}
