package io.weir.reassembly.model;

import io.weir.reassembly.model.Sighting.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One side of a connection: what its application does, and then what it has read. Set up, then {@link #run}. */
final class Side {
    /** Nothing in {@link #urgentAt}. */
    static final int NOT_URGENT = -1;

    private static final long TIME_LIMIT_S = 30;
    private static final int WINDOW_CLOSED_FRAMES = 3;
    private static final int KEEP_ALIVES = 2;

    /** 0 for the left host, 1 for the right one. */
    final int host;
    final int port;
    final byte[] sends;
    Ending ending = Ending.CLOSE;
    /** Most bytes of one write and of one read. */
    int writeBytes = 20_000;
    int readBytes = 20_000;
    /** After how many bytes it stops reading, if the ending is not an orderly one. */
    int readLimit = Integer.MAX_VALUE;
    /** Size of the receive buffer, 0 for the system's own. */
    int receiveBuffer;
    /** Whether it begins to read only after its window has closed and was probed. */
    boolean lazy;
    /** Whether it stops half-way until the kernel has sent keep-alive probes. */
    boolean idle;
    /** Whether its kernel has to find out by keep-alive probes that the other side is gone: a reset may get lost. */
    boolean mayLosePeer;
    /** Which byte is sent as urgent. */
    int urgentAt = NOT_URGENT;

    private final SplittableRandom random;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private volatile boolean readToEnd;

    /** How a side ends. */
    enum Ending {
        /** Writes all, ends its output, reads to the end. */
        CLOSE,
        /** Reads to the end first. */
        ANSWER,
        /** Writes all, reads some, resets the connection. */
        RESET,
        /** Writes all, reads some, closes the socket, whatever comes. */
        ABANDON
    }

    Side(final int host, final int port, final int sendBytes, final SplittableRandom random) {
        this.host = host;
        this.port = port;
        this.random = random;
        sends = new byte[sendBytes];
        random.nextBytes(sends);
    }

    /** Sets options that must be there before the connection is. */
    void prepare(final HostSocket socket) {
        if (receiveBuffer > 0) {
            socket.option(HostSocket.SOL_SOCKET, HostSocket.SO_RCVBUF, receiveBuffer);
        }
    }

    /** Lives through a connection and closes the socket. */
    void run(final HostSocket socket, final Wire wire, final ExecutorService executor) throws Exception {
        try (socket) {
            if (idle || mayLosePeer) {
                socket.option(HostSocket.SOL_SOCKET, HostSocket.SO_KEEPALIVE, 1);
                socket.option(HostSocket.IPPROTO_TCP, HostSocket.TCP_KEEPIDLE, 1);
                socket.option(HostSocket.IPPROTO_TCP, HostSocket.TCP_KEEPINTVL, 1);
            }
            final Sighting closedWindow = lazy ? wire.lookOut(port, Kind.WINDOW_CLOSED, WINDOW_CLOSED_FRAMES) : null;
            final Sighting keepAlive = idle ? wire.lookOut(port, Kind.KEEP_ALIVE, KEEP_ALIVES) : null;
            if (ending == Ending.ANSWER) {
                read(socket, closedWindow);
                write(socket, keepAlive);
            } else {
                final Future<?> writing = executor.submit(() -> {
                    write(socket, keepAlive);
                    return null;
                });
                read(socket, closedWindow);
                writing.get(TIME_LIMIT_S, TimeUnit.SECONDS);
            }
            if (ending == Ending.RESET) {
                socket.resetOnClose();
            }
        }
    }

    private void write(final HostSocket socket, final Sighting keepAlive) throws InterruptedException {
        final SplittableRandom sizes = new SplittableRandom(sends.length);
        boolean rested = keepAlive == null;
        int at = 0;
        while (at < sends.length) {
            if (!rested && at >= sends.length / 2) {
                rested = true;
                keepAlive.await();
            }
            int length = Math.min(1 + sizes.nextInt(writeBytes), sends.length - at);
            int flags = 0;
            if (at == urgentAt) {
                length = 1;
                flags = HostSocket.MSG_OOB;
            } else if (at < urgentAt) {
                length = Math.min(length, urgentAt - at);
            }
            if (!socket.write(sends, at, length, flags)) {
                return;
            }
            at += length;
        }
        if (isOrderly()) {
            socket.endOutput();
        }
    }

    private void read(final HostSocket socket, final Sighting closedWindow) throws InterruptedException {
        if (closedWindow != null) {
            closedWindow.await();
        }
        while (read.size() < readLimit) {
            final byte[] data = socket.read(Math.min(1 + random.nextInt(readBytes), readLimit - read.size()));
            if (data == null || data.length == 0) {
                readToEnd = true;
                return;
            }
            read.writeBytes(data);
        }
    }

    /** True if it ends its output and reads to the end. */
    boolean isOrderly() {
        return ending == Ending.CLOSE || ending == Ending.ANSWER;
    }

    /** What it sends, but for the urgent byte. */
    byte[] sendsBesideUrgent() {
        if (urgentAt == NOT_URGENT) {
            return sends;
        }
        final byte[] others = Arrays.copyOf(sends, sends.length - 1);
        System.arraycopy(sends, urgentAt + 1, others, urgentAt, others.length - urgentAt);
        return others;
    }

    /** What its application read. */
    byte[] read() {
        return read.toByteArray();
    }

    /** True if its application read until there was nothing more to read. */
    boolean hasReadToEnd() {
        return readToEnd;
    }
}
