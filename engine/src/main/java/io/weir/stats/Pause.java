package io.weir.stats;

/** What may hold a thread up that is not the engine's own work. */
public enum Pause {
    /** Garbage collections, for which all threads stand still. */
    GC("gc", "jvm/gc"),
    /** Safepoints of the JVM, the time to reach them included; collections are among them. */
    SAFEPOINT("safepoint", "jvm/safepoint"),
    /** CPU time of the JIT compiler: what is not compiled yet is slow, and its threads want CPUs too. */
    COMPILER("compiler", "jvm/compiler"),
    /** How late a thread woke that had nothing to do but sleep a millisecond, safepoints taken off. */
    HICCUP("hiccup", "host/hiccup"),
    /** How long threads of the engine were ready and had no CPU, by the kernel's books. */
    RUN_DELAY("run_delay", "run-delay");

    private final String label;
    private final String tag;

    Pause(final String label, final String tag) {
        this.label = label;
        this.tag = tag;
    }

    /** Name in the summary. */
    public String label() {
        return label;
    }

    /** Tag in the histogram log; that of {@link #RUN_DELAY} has a thread in front. */
    public String tag() {
        return tag;
    }
}
