package io.weir.engine;

/** A thread of the engine failed: a defect, not bad input. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Wraps what the thread died of. */
    public EngineException(final Throwable cause) {
        super("the engine failed: " + cause, cause);
    }
}
