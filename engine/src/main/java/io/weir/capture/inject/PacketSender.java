package io.weir.capture.inject;

import io.weir.base.Errno;
import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureLibrary;

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
            library = CaptureLibrary.neededFor("sending");
            socket = open(interfaceName);
        } catch (final CaptureException e) {
            freeLists();
            throw e;
        }
    }

    private int open(final String interfaceName) {
        try (NativeMemory.Region name = Native.text(interfaceName)) {
            final int result = library.senderOpen(name.address(), 0);
            if (result >= 0) {
                return result;
            }
            throw switch (-result) {
                case Errno.EPERM, Errno.EACCES -> CaptureException.privilegeMissing("sending on " + interfaceName);
                case Errno.ENODEV -> CaptureException.interfaceMissing(interfaceName);
                default -> new CaptureException(CaptureException.Kind.RESOURCE,
                    "sending on " + interfaceName + ": " + Errno.text(result));
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
