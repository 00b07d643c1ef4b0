package io.weir.cli.service;

import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeMemory;

/**
 * The socket of a service manager, that {@code NOTIFY_SOCKET} names; sd_notify(3) says what may be sent. Any thread.
 */
public final class NotifySocket {
    private final String path;

    /**
     * Names a socket; nothing is opened.
     *
     * @param path in the file system, or {@code @} and an abstract name
     */
    public NotifySocket(final String path) {
        this.path = path;
    }

    /**
     * Sends assignments, such as {@code READY=1}, as one message. Waits for a second at most.
     *
     * @return 0, or a negative errno if the manager did not get it
     */
    int send(final String... assignments) {
        final LibWeir library = Native.library();
        final String state = String.join("\n", assignments);
        try (NativeMemory.Region name = Native.text(path); NativeMemory.Region text = Native.text(state)) {
            return library.serviceNotify(name.address(), text.address(), (int) text.length() - 1);
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
