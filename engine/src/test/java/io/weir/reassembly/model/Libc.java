package io.weir.reassembly.model;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/** The socket calls of the C library, for what Java's sockets cannot ask for. Addresses are those of native memory. */
public interface Libc {
    /** The library of this process. */
    Libc INSTANCE = LibraryLoader.create(Libc.class).load("c");
    /** Holds the errno of this thread's last call. */
    Runtime RUNTIME = Runtime.getRuntime(INSTANCE);

    /** socket(2). */
    int socket(int family, int type, int protocol);

    /** bind(2). */
    int bind(int socket, long address, int length);

    /** listen(2). */
    int listen(int socket, int backlog);

    /** accept(2). */
    int accept(int socket, long address, long length);

    /** connect(2). */
    int connect(int socket, long address, int length);

    /** setsockopt(2). */
    int setsockopt(int socket, int level, int name, long value, int length);

    /** recv(2). */
    long recv(int socket, long buffer, long length, int flags);

    /** send(2). */
    long send(int socket, long buffer, long length, int flags);

    /** shutdown(2). */
    int shutdown(int socket, int how);

    /** close(2). */
    int close(int socket);
}
