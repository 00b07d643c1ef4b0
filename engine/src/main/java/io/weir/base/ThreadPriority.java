package io.weir.base;

/** Gives way to other threads: the kernel's nice value of the calling thread, which Java does not set on Linux. */
public final class ThreadPriority {
    private ThreadPriority() {
    }

    /**
     * Lowers the calling thread's priority; what it starts from then on has it too.
     *
     * @param nice 1 to 19, the lowest
     * @return false if the kernel refuses or libweir cannot be loaded: the thread goes on as it was
     */
    public static boolean lower(final int nice) {
        try {
            return Native.library().threadNice(nice) >= 0;
        } catch (final NativeLibraryException e) {
            return false;
        }
    }
}
