package io.weir.perf;

import io.weir.base.NativeMemory;
import io.weir.packet.Checksum;
import io.weir.reassembly.PieceStore;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.UnsafeApi;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to run over the bytes of one segment in the first-level cache: the internet checksum, the hash of payloads, and
 * one after the other. Addresses have every alignment, lengths vary by three bytes around the given one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChecksumBenchmark {
    private static final int SEGMENTS = 64;
    private static final int STRIDE = 2048;
    private static final int MEMORY = 16 * 1024;

    /** Mean length in bytes. */
    @Param({"64", "300", "1460"})
    public int length;

    private final long[] addresses = new long[SEGMENTS];
    private final int[] lengths = new int[SEGMENTS];
    private NativeMemory.Region region;

    /** Fills the memory with anything. */
    @Setup
    public void setUp() {
        final SplittableRandom random = new SplittableRandom(1);
        region = NativeMemory.allocate(NativeMemory.Tag.OTHER, MEMORY + STRIDE, NativeMemory.CACHE_LINE);
        for (long i = 0; i < region.length(); i++) {
            UnsafeApi.putByte(region.address() + i, (byte) random.nextInt());
        }
        for (int i = 0; i < SEGMENTS; i++) {
            addresses[i] = region.address() + i * STRIDE % MEMORY + (i * 7 & 0x3f);
            lengths[i] = length + i % 7 - 3;
        }
    }

    /** Frees it. */
    @TearDown
    public void tearDown() {
        region.close();
    }

    /** The internet checksum. */
    @Benchmark
    @OperationsPerInvocation(SEGMENTS)
    public long checksum() {
        long result = 0;
        for (int i = 0; i < SEGMENTS; i++) {
            result += Checksum.fold(Checksum.sum(addresses[i], lengths[i], 0));
        }
        return result;
    }

    /** The hash of payloads. */
    @Benchmark
    @OperationsPerInvocation(SEGMENTS)
    public long hash() {
        long result = 0;
        for (int i = 0; i < SEGMENTS; i++) {
            result += PieceStore.hash(addresses[i], lengths[i]);
        }
        return result;
    }

    /** Both, one after the other. */
    @Benchmark
    @OperationsPerInvocation(SEGMENTS)
    public long both() {
        long result = 0;
        for (int i = 0; i < SEGMENTS; i++) {
            result += Checksum.fold(Checksum.sum(addresses[i], lengths[i], 0));
            result += PieceStore.hash(addresses[i], lengths[i]);
        }
        return result;
    }
}
