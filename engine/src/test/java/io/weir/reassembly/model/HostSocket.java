package io.weir.reassembly.model;

import io.weir.base.Errno;
import io.weir.base.NativeMemory;
import io.weir.capture.VethPair;
import java.nio.ByteOrder;
import java.util.concurrent.locks.LockSupport;
import jnr.ffi.LastError;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A TCP socket of the kernel in a namespace. One thread may read while another one writes; every call ends within a
 * bounded time.
 */
final class HostSocket implements AutoCloseable {
    /** More than one call reads or writes. */
    static final int BUFFER_BYTES = 1 << 16;
    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_RCVBUF = 8;
    static final int SO_KEEPALIVE = 9;
    static final int SO_OOBINLINE = 10;
    static final int IPPROTO_TCP = 6;
    static final int TCP_NODELAY = 1;
    static final int TCP_MAXSEG = 2;
    static final int TCP_KEEPIDLE = 4;
    static final int TCP_KEEPINTVL = 5;
    static final int TCP_FASTOPEN_CONNECT = 30;
    static final int MSG_OOB = 1;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_STREAM = 1;
    private static final int SO_LINGER = 13;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final int TCP_REPAIR = 19;
    private static final int TCP_REPAIR_QUEUE = 20;
    private static final int TCP_QUEUE_SEQ = 21;
    private static final int SEND_QUEUE = 2;
    private static final int REPAIR_OFF_WITHOUT_PROBE = -1;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SHUT_WR = 1;
    private static final int ECONNRESET = 104;
    private static final int EPIPE = 32;
    private static final int EADDRNOTAVAIL = 99;
    private static final int TRIES = 5_000;
    private static final long BETWEEN_TRIES_NS = 1_000_000;
    private static final int TIME_LIMIT_S = 20;
    private static final int ADDRESS_BYTES = 28;

    private final int socket;
    private final boolean ipv6;
    private final NativeMemory.Region small = NativeMemory.allocate(NativeMemory.Tag.OTHER, 64, 8);
    private final NativeMemory.Region incoming = NativeMemory.allocate(NativeMemory.Tag.OTHER, BUFFER_BYTES, 8);
    private final NativeMemory.Region outgoing = NativeMemory.allocate(NativeMemory.Tag.OTHER, BUFFER_BYTES, 8);
    private final UnsafeBuffer bytes = new UnsafeBuffer(small.address(), (int) small.length());

    private HostSocket(final int socket, final boolean ipv6) {
        this.socket = checked(socket, "socket");
        this.ipv6 = ipv6;
    }

    /** Opens one in the namespace of {@code host}, where it stays. */
    static HostSocket open(final VethPair host, final boolean ipv6) {
        return host.inside(() -> {
            final HostSocket opened =
                new HostSocket(Libc.INSTANCE.socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0), ipv6);
            opened.limitTime();
            opened.option(SOL_SOCKET, SO_REUSEADDR, 1);
            return opened;
        });
    }

    private static int checked(final int result, final String call) {
        if (result < 0) {
            throw new IllegalStateException(call + ": " + Errno.text(lastError()));
        }
        return result;
    }

    private void limitTime() {
        bytes.putLong(0, TIME_LIMIT_S);
        bytes.putLong(8, 0);
        checked(Libc.INSTANCE.setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, small.address(), 16), "SO_RCVTIMEO");
        checked(Libc.INSTANCE.setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, small.address(), 16), "SO_SNDTIMEO");
    }

    /** Sets an integer option. */
    void option(final int level, final int name, final int value) {
        bytes.putInt(0, value);
        checked(Libc.INSTANCE.setsockopt(socket, level, name, small.address(), 4), "option " + level + "/" + name);
    }

    /** Makes {@link #close()} reset the connection. */
    void resetOnClose() {
        bytes.putInt(0, 1);
        bytes.putInt(4, 0);
        checked(Libc.INSTANCE.setsockopt(socket, SOL_SOCKET, SO_LINGER, small.address(), 8), "SO_LINGER");
    }

    /** Lets the connection to be made begin with this sequence number. */
    void initialSequence(final int sequence) {
        option(IPPROTO_TCP, TCP_REPAIR, 1);
        option(IPPROTO_TCP, TCP_REPAIR_QUEUE, SEND_QUEUE);
        option(IPPROTO_TCP, TCP_QUEUE_SEQ, sequence);
        option(IPPROTO_TCP, TCP_REPAIR, REPAIR_OFF_WITHOUT_PROBE);
    }

    void bind(final byte[] address, final int port) {
        checked(Libc.INSTANCE.bind(socket, small.address(), address(address, port)), "bind to port " + port);
    }

    void listen() {
        checked(Libc.INSTANCE.listen(socket, 8), "listen");
    }

    HostSocket accept() {
        final HostSocket accepted = new HostSocket(Libc.INSTANCE.accept(socket, 0, 0), ipv6);
        accepted.limitTime();
        return accepted;
    }

    /** Connects; while the same ports are still in use for a connection that is about to end, tries again. */
    void connect(final byte[] address, final int port) {
        final int length = address(address, port);
        int result = Libc.INSTANCE.connect(socket, small.address(), length);
        for (int i = 0; i < TRIES && result < 0 && lastError() == EADDRNOTAVAIL; i++) {
            LockSupport.parkNanos(BETWEEN_TRIES_NS);
            result = Libc.INSTANCE.connect(socket, small.address(), length);
        }
        checked(result, "connect to port " + port);
    }

    /** Lays a sockaddr_in or sockaddr_in6 into {@link #small}; returns its length. */
    private int address(final byte[] address, final int port) {
        bytes.setMemory(0, ADDRESS_BYTES, (byte) 0);
        bytes.putShort(0, (short) (ipv6 ? AF_INET6 : AF_INET));
        bytes.putShort(2, (short) port, ByteOrder.BIG_ENDIAN);
        bytes.putBytes(ipv6 ? 8 : 4, address);
        return ipv6 ? ADDRESS_BYTES : 16;
    }

    /**
     * Reads once, at most {@code length} bytes.
     *
     * @return what came; empty at the end of the stream; null if the connection was reset
     */
    byte[] read(final int length) {
        final int got = (int) Libc.INSTANCE.recv(socket, incoming.address(), length, 0);
        if (got < 0 && isReset()) {
            return null;
        }
        final byte[] data = new byte[checked(got, "recv")];
        new UnsafeBuffer(incoming.address(), BUFFER_BYTES).getBytes(0, data);
        return data;
    }

    /** Writes all; false if the connection was reset. */
    boolean write(final byte[] data, final int offset, final int length, final int flags) {
        new UnsafeBuffer(outgoing.address(), BUFFER_BYTES).putBytes(0, data, offset, length);
        int done = 0;
        while (done < length) {
            final int sent = (int) Libc.INSTANCE.send(socket, outgoing.address() + done, length - done,
                flags | MSG_NOSIGNAL);
            if (sent < 0 && isReset()) {
                return false;
            }
            done += checked(sent, "send");
        }
        return true;
    }

    private static int lastError() {
        return LastError.getLastError(Libc.RUNTIME);
    }

    private static boolean isReset() {
        final int error = lastError();
        return error == ECONNRESET || error == EPIPE;
    }

    /** Ends what is sent; what comes can still be read. */
    void endOutput() {
        // A connection that was reset meanwhile is not connected any more.
        Libc.INSTANCE.shutdown(socket, SHUT_WR);
    }

    @Override
    public void close() {
        Libc.INSTANCE.close(socket);
        small.close();
        incoming.close();
        outgoing.close();
    }
}
