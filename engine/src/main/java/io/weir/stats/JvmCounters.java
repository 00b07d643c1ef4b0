package io.weir.stats;

import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Pauses as HotSpot counts them in its performance data, the memory that jstat reads: to the nanosecond, without
 * events, threads or calls into the JVM. It takes {@code --add-exports java.base/jdk.internal.perf=ALL-UNNAMED};
 * without that, or with {@code -XX:-UsePerfData}, collections are known to the millisecond and safepoints not at all.
 *
 * <p>Layout of the memory: {@code perfMemory.hpp}, struct PerfDataPrologue and PerfDataEntry, version 2.0.
 */
final class JvmCounters implements JvmPauses {
    private static final int MAGIC = 0xcafec0c0;
    private static final int ENTRY_OFFSET = 24;
    private static final int ENTRY_COUNT = 28;
    private static final int PROLOGUE_BYTES = 32;
    private static final int ENTRY_BYTES = 20;
    private static final int COLLECTORS = 3;
    private static final int NONE = -1;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final ByteBuffer memory;
    private final int safepointTime;
    private final int safepointSyncTime;
    private final int[] collectorTimes = new int[COLLECTORS];
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();

    JvmCounters() {
        this(performanceData());
    }

    /** Reads counters from memory as HotSpot lays it out; null or anything else for none. */
    JvmCounters(final ByteBuffer performanceData) {
        memory = isUsable(performanceData) ? performanceData : null;
        safepointTime = find("sun.rt.safepointTime");
        safepointSyncTime = find("sun.rt.safepointSyncTime");
        for (int i = 0; i < COLLECTORS; i++) {
            collectorTimes[i] = find("sun.gc.collector." + i + ".time");
        }
    }

    private static ByteBuffer performanceData() {
        try {
            final Class<?> perf = Class.forName("jdk.internal.perf.Perf");
            final Object instance = perf.getMethod("getPerf").invoke(null);
            for (final Method method : perf.getMethods()) {
                // attach(int, String) up to JDK 18, attach(int) since; 0 is this process
                if ("attach".equals(method.getName()) && method.getParameterTypes()[0] == int.class) {
                    return (ByteBuffer) (method.getParameterCount() == 1
                        ? method.invoke(instance, 0) : method.invoke(instance, 0, "r"));
                }
            }
            return null;
        } catch (final ReflectiveOperationException | IllegalArgumentException e) {
            // Not this JVM, or not exported: the class comment says what is known then.
            return null;
        }
    }

    private static boolean isUsable(final ByteBuffer data) {
        if (data == null || data.capacity() < PROLOGUE_BYTES) {
            return false;
        }
        // The magic word is big-endian on every machine, the fields behind it are in the machine's order.
        data.order(ByteOrder.BIG_ENDIAN);
        final boolean known = data.getInt(0) == MAGIC && data.get(5) == 2;
        data.order(data.get(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        return known;
    }

    /** Offset of the value of a counter of type long, or NONE. */
    private int find(final String name) {
        if (memory == null) {
            return NONE;
        }
        final byte[] wanted = (name + '\0').getBytes(StandardCharsets.US_ASCII);
        int at = memory.getInt(ENTRY_OFFSET);
        for (int left = memory.getInt(ENTRY_COUNT); left > 0 && isInside(at, ENTRY_BYTES); left--) {
            final int length = memory.getInt(at);
            final int value = at + memory.getInt(at + 16);
            if (memory.get(at + 12) == 'J' && isInside(value, Long.BYTES)
                && isAt(at + memory.getInt(at + 4), wanted)) {
                return value;
            }
            if (length < ENTRY_BYTES) {
                return NONE;
            }
            at += length;
        }
        return NONE;
    }

    private boolean isInside(final int at, final int length) {
        return at >= 0 && at <= memory.capacity() - length;
    }

    private boolean isAt(final int at, final byte[] name) {
        if (!isInside(at, name.length)) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (memory.get(at + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long safepointNs() {
        // HotSpot takes its ticks from clock_gettime on Linux: they are nanoseconds (sun.os.hrt.frequency).
        return safepointTime == NONE || safepointSyncTime == NONE ? NONE
            : memory.getLong(safepointTime) + memory.getLong(safepointSyncTime);
    }

    @Override
    public long collectionNs() {
        long sum = 0;
        if (collectorTimes[0] != NONE) {
            for (final int time : collectorTimes) {
                sum += time == NONE ? 0 : memory.getLong(time);
            }
            return sum;
        }
        for (int i = 0; i < collectors.size(); i++) {
            sum += Math.max(0, collectors.get(i).getCollectionTime());
        }
        return sum * (NS_PER_SECOND / 1_000);
    }

    @Override
    public long compilationNs() {
        return compiler == null || !compiler.isCompilationTimeMonitoringSupported() ? 0
            : compiler.getTotalCompilationTime() * (NS_PER_SECOND / 1_000);
    }
}
