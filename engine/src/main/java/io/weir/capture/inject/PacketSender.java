package io.weir.capture.inject;

import io.weir.base.Errno;
import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeLibraryException;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import org.agrona.UnsafeApi;

/**
 * Sends frames through an AF_PACKET socket, 64 per system call. For one thread.
 *
 * <p>Frames are sent as they are, link header first. The kernel pushes back when the queue of the interface is full;
 * {@link #flush()} then tries again for a bounded number of times.
 */
public final class PacketSender implements FrameSender {
    /** Frames of one system call. */
    public static final int BATCH = LibWeir.SEND_BATCH;

    private static final int MAX_TRIES = 10_000;

    private final LibWeir library;
    private final int socket;
    private final NativeMemory.Region addresses =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, (long) BATCH * Long.BYTES, Long.BYTES);
    private final NativeMemory.Region lengths =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, (long) BATCH * Integer.BYTES, Integer.BYTES);
    private int queued;
    private long sent;
    private long refused;
    private int lastError;
    private boolean closed;

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
    public void add(final long address, final int length) {
        UnsafeApi.putLong(addresses.address() + (long) queued * Long.BYTES, address);
        UnsafeApi.putInt(lengths.address() + (long) queued * Integer.BYTES, length);
        if (++queued == BATCH) {
            flush();
        }
    }

    @Override
    public void flush() {
        int at = 0;
        int tries = 0;
        while (at < queued) {
            final int result = library.senderSend(socket, addresses.address() + (long) at * Long.BYTES,
                lengths.address() + (long) at * Integer.BYTES, queued - at);
            if (result > 0) {
                at += result;
                sent += result;
                tries = 0;
            } else if ((result == -Errno.ENOBUFS || result == -Errno.EAGAIN || result == -Errno.EINTR)
                && ++tries < MAX_TRIES) {
                Thread.onSpinWait();
            } else {
                lastError = -result;
                refused++;
                at++;
                tries = 0;
            }
        }
        queued = 0;
    }

    @Override
    public long sent() {
        return sent;
    }

    @Override
    public long refused() {
        return refused;
    }

    @Override
    public String lastError() {
        return lastError == 0 ? "" : Errno.text(lastError);
    }

    private void freeLists() {
        addresses.close();
        lengths.close();
    }

    /** Sends what is queued and closes the socket. */
    @Override
    public void close() {
        if (!closed) {
            flush();
            closed = true;
            library.senderClose(socket);
            freeLists();
        }
    }
}
