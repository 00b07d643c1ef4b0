package io.weir.engine;

/** Asks the threads of an engine to come to an end, in order or at once; once set it stays set. Any thread. */
final class StopSignal {
    private volatile boolean set;
    private volatile Throwable failure;
    private volatile Runnable whenFailed = () -> { };

    /** Asks for an end in order: what was taken in is still worked on. */
    void set() {
        set = true;
    }

    boolean isSet() {
        return set;
    }

    /** Ends everything at once because a thread failed; the first failure is kept. */
    synchronized void fail(final Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        set = true;
        whenFailed.run();
    }

    /** Wakes threads that wait inside their work and would not see the failure. */
    void whenFailed(final Runnable wake) {
        whenFailed = wake;
    }

    /** The first failure, or null. */
    Throwable failure() {
        return failure;
    }
}
