package io.weir.cli.service;

import io.weir.base.Native;
import io.weir.base.NativeMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jnr.ffi.LibraryLoader;
import org.agrona.UnsafeApi;

/** The socket of a service manager with an abstract name, and what came to it. */
public final class FakeManager implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int FAMILY_BYTES = 2;
    private static final int ADDRESS_BYTES = 110;
    private static final int MESSAGE_BYTES = 4_096;
    private static final LibC C = LibraryLoader.create(LibC.class).load("c");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String name = "@weir-test-" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet();
    private final int socket = C.socket(AF_UNIX, SOCK_DGRAM, 0);

    /** What a fake needs of the C library; the JDK has no datagram sockets of the Unix family. */
    public interface LibC {
        /** socket(2). */
        int socket(int family, int type, int protocol);

        /** bind(2). */
        int bind(int socket, long address, int bytes);

        /** recv(2). */
        long recv(int socket, long buffer, long bytes, int flags);

        /** close(2). */
        int close(int descriptor);
    }

    /** Binds a socket. */
    public FakeManager() {
        try (NativeMemory.Region address = NativeMemory.allocate(NativeMemory.Tag.OTHER, ADDRESS_BYTES, Long.BYTES)) {
            UnsafeApi.putShort(address.address(), (short) AF_UNIX);
            UnsafeApi.putByte(address.address() + FAMILY_BYTES, (byte) 0);
            for (int i = 1; i < name.length(); i++) {
                UnsafeApi.putByte(address.address() + FAMILY_BYTES + i, (byte) name.charAt(i));
            }
            if (C.bind(socket, address.address(), FAMILY_BYTES + name.length()) != 0) {
                throw new IllegalStateException("cannot bind " + name);
            }
        }
    }

    /** What NOTIFY_SOCKET would say. */
    public String name() {
        return name;
    }

    /** The messages that came since this was last asked, oldest first. */
    public List<String> messages() {
        final List<String> messages = new ArrayList<>();
        try (NativeMemory.Region buffer = NativeMemory.allocate(NativeMemory.Tag.OTHER, MESSAGE_BYTES, Long.BYTES)) {
            while (true) {
                final long bytes = C.recv(socket, buffer.address(), MESSAGE_BYTES, MSG_DONTWAIT);
                if (bytes < 0) {
                    return messages;
                }
                messages.add(Native.text(buffer.address(), (int) bytes));
            }
        }
    }

    @Override
    public void close() {
        C.close(socket);
    }
}
