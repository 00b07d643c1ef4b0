package io.weir.capture.afxdp;

import io.weir.base.Errno;
import io.weir.base.NativeLayout;
import io.weir.capture.inject.FrameSender;
import org.agrona.UnsafeApi;

/**
 * Sends frames through an AF_XDP socket: a copy into a chunk and a descriptor each, one system call for a batch. With
 * zero copy the NIC fetches the chunk itself. For one thread.
 *
 * <p>A device that drops what it was given does not tell: a veth pair whose receiver is late, for one. The socket has
 * its queue alone, so that nothing can be captured from it through AF_XDP meanwhile.
 */
public final class AfXdpSender implements FrameSender {
    private static final int BATCH = 64;
    private static final int MAX_TRIES = 10_000;
    private static final long MEMORY_BYTES = 8 << 20;

    private final XdpSockets sockets;
    private final XdpRing send;
    private final XdpRing completed;
    /** Chunks not on their way, as a stack of offsets. */
    private final long[] free;
    private int freeCount;
    private int queued;
    private long sent;
    private long refused;
    private int lastError;
    private boolean closed;

    /**
     * Opens a sender on queue 0 of an interface.
     *
     * @param mode {@link AfXdpContext.Mode#AUTO} for the best that works; only whether it copies matters here
     * @throws io.weir.capture.CaptureException if it cannot be opened, with what to do
     */
    public AfXdpSender(final String interfaceName, final AfXdpContext.Mode mode) {
        sockets = new XdpSockets(new AfXdpContext().interfaceName(interfaceName).mode(mode).queues(1)
            .memoryBytes(MEMORY_BYTES).conclude(), XdpSockets.SEND);
        send = new XdpRing(true, sockets.frames(), 4);
        completed = new XdpRing(false, sockets.frames(), 3);
        send.wire(sockets.ring(0, NativeLayout.XDP_QUEUE_TX));
        completed.wire(sockets.ring(0, NativeLayout.XDP_QUEUE_COMPLETION));
        free = new long[sockets.frames()];
        for (int i = 0; i < free.length; i++) {
            free[freeCount++] = (long) (free.length - 1 - i) * sockets.chunkBytes();
        }
    }

    @Override
    public void add(final long address, final int length) {
        if (length > sockets.longest()) {
            refused++;
            lastError = Errno.EMSGSIZE;
            return;
        }
        if (freeCount == 0 && !makeRoom()) {
            refused++;
            lastError = Errno.ENOBUFS;
            return;
        }
        final long chunk = free[--freeCount];
        UnsafeApi.copyMemory(address, sockets.memory() + chunk, length);
        // There is room: the ring has an entry for each chunk.
        send.hasNext();
        UnsafeApi.putLong(send.peek(), chunk);
        UnsafeApi.putLong(send.peek() + NativeLayout.XDP_DESCRIPTOR_LENGTH, length);
        send.advance();
        if (++queued == BATCH) {
            flush();
        }
    }

    private boolean makeRoom() {
        for (int i = 0; i < MAX_TRIES && freeCount == 0; i++) {
            flush();
            if (freeCount == 0) {
                Thread.onSpinWait();
            }
        }
        return freeCount > 0;
    }

    @Override
    public void flush() {
        send.publish();
        queued = 0;
        if (freeCount < free.length) {
            final int result = sockets.kick(0, XdpSockets.SEND);
            if (result < 0 && result != -Errno.EAGAIN) {
                lastError = -result;
            }
            takeBack();
        }
    }

    /** The kernel may be through with chunks in another order. */
    private void takeBack() {
        completed.refresh();
        while (!completed.isBatchDone()) {
            free[freeCount++] = UnsafeApi.getLong(completed.peek());
            completed.advance();
            sent++;
        }
        completed.publish();
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

    /** How frames are handed to the device, in words. */
    public String mode() {
        return sockets.mode();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            for (int i = 0; i < MAX_TRIES && (i == 0 || freeCount < free.length); i++) {
                flush();
            }
            sockets.close();
        }
    }
}
