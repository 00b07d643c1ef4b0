package io.weir.capture;

import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeLibraryException;

/** libweir for what captures, sends and filters. */
public final class CaptureLibrary {
    private CaptureLibrary() {
    }

    /**
     * The library, loaded once.
     *
     * @param purpose what needs it, as the beginning of a sentence
     * @throws CaptureException if it cannot be used on this machine
     */
    public static LibWeir neededFor(final String purpose) {
        try {
            return Native.library();
        } catch (final NativeLibraryException e) {
            throw new CaptureException(CaptureException.Kind.RESOURCE, purpose + " needs libweir: " + e.getMessage());
        }
    }
}
