package io.weir.engine;

/** What is done about flows that have a large share of a live worker's bytes. */
public enum ElephantPolicy {
    /** Nobody looks for them. */
    OFF,
    /** They are counted and reported. */
    REPORT,
    /** Beside that, nothing more of their payload is looked at: it is not put together, parsed or shown to rules. */
    CUT_OFF
}
