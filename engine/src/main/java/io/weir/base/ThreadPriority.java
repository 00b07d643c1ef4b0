package io.weir.base;

import java.util.function.IntUnaryOperator;
import org.agrona.ErrorHandler;

/** Gives way to other threads: the kernel's nice value of the calling thread, which Java does not set on Linux. */
public final class ThreadPriority {
    private ThreadPriority() {
    }

    /**
     * Lowers the calling thread's priority; what it starts from then on has it too. If the kernel refuses or libweir
     * cannot be loaded, the thread goes on as it was.
     *
     * @param nice   1 to 19, the lowest
     * @param faults told why the thread goes on as it was
     */
    public static void lower(final int nice, final ErrorHandler faults) {
        lower(value -> Native.library().threadNice(value), nice, faults);
    }

    static void lower(final IntUnaryOperator kernel, final int nice, final ErrorHandler faults) {
        try {
            final int result = kernel.applyAsInt(nice);
            if (result < 0) {
                faults.onError(new IllegalStateException("the kernel leaves a thread at the priority it has, errno "
                    + -result));
            }
        } catch (final NativeLibraryException e) {
            faults.onError(e);
        }
    }
}
