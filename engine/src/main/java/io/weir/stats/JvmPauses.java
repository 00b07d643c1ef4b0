package io.weir.stats;

/** What the JVM counts about its own pauses since it started, in ns. One thread. */
interface JvmPauses {
    /** Time in which all threads stood still at safepoints, reaching them included; -1 if it is not known. */
    long safepointNs();

    /** Time in which all threads stood still for the collector. */
    long collectionNs();

    /** CPU time of the compiler, to the millisecond. */
    long compilationNs();
}
