package io.weir.base;

/** libweir cannot be used on this machine; the message is one sentence for people that says why. */
public final class NativeLibraryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With such a sentence, and what the attempt threw, or null. */
    public NativeLibraryException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
