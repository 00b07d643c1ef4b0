package io.weir.report;

/** What a tail may be owed to, as the report says it. */
enum Cause {
    /** As slow as the others. */
    USUAL("nothing in particular: as always"),
    /** The collector. */
    COLLECTOR("garbage collection"),
    /** Another safepoint. */
    SAFEPOINT("the JVM: a safepoint without collection"),
    /** A thread of the engine did not run. */
    SCHEDULER("the scheduler: a thread of the engine was ready and had no CPU"),
    /** Nothing ran. */
    HOST("the host: even a thread that only slept woke late"),
    /** Frames wait until their block is full or its time is over. */
    RING("the ring: frames waited for their block to be handed over (capture.profile, capture.block-timeout)"),
    /** Blocks were there, and the engine was not. */
    BACKLOG("a backlog: what was handed over waited for what came before it; the engine did not keep up"),
    /** The dispatcher, or the only thread before it begins to work. */
    DISPATCH("the intake: decoding, and what it waited for"),
    /** The worker was behind. */
    QUEUE("the queue: the worker was behind (workers.count)"),
    /** The inspection itself. */
    WORK("inspection: the work itself took long"),
    /** The inspection, in code that was not compiled. */
    COLD("inspection, in code that the JIT compiler had not done with"),
    /** Something nobody measures. */
    UNKNOWN("nothing that is measured");

    private final String sentence;

    Cause(final String sentence) {
        this.sentence = sentence;
    }

    /** What it is, for people. */
    String sentence() {
        return sentence;
    }
}
