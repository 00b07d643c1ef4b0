package io.weir.capture.inject;

import io.weir.base.Errno;
import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeLibraryException;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;

/** Sends frames through an AF_PACKET socket, 64 per system call. For one thread. */
public final class PacketSender extends BatchSender {
    private final LibWeir library;
    private final int socket;

    /**
     * Opens a sender on an interface.
     *
     * @throws CaptureException if the interface or the privilege is missing
     */
    public PacketSender(final String interfaceName) {
        try {
            library = Native.library();
        } catch (final NativeLibraryException e) {
            freeLists();
            throw new CaptureException(CaptureException.Kind.RESOURCE, "sending needs libweir: " + e.getMessage());
        }
        try (NativeMemory.Region name = Native.text(interfaceName)) {
            socket = library.senderOpen(name.address(), 0);
        }
        if (socket < 0) {
            freeLists();
            throw switch (-socket) {
                case Errno.EPERM, Errno.EACCES -> CaptureException.privilegeMissing("sending on " + interfaceName);
                case Errno.ENODEV -> CaptureException.interfaceMissing(interfaceName);
                default -> new CaptureException(CaptureException.Kind.RESOURCE,
                    "sending on " + interfaceName + ": " + Errno.text(socket));
            };
        }
    }

    @Override
    protected int transmit(final long frameAddresses, final long frameLengths, final int count) {
        return library.senderSend(socket, frameAddresses, frameLengths, count);
    }

    @Override
    protected void closeDevice() {
        library.senderClose(socket);
    }
}
