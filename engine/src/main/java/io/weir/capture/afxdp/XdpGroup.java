package io.weir.capture.afxdp;

import io.weir.base.LibWeir;

/**
 * Sources of one interface, each with queues of its own, that one program in the kernel feeds: that of the first to be
 * opened, which is closed last. They are opened, closed and bound again one at a time, by whichever thread; nothing
 * else of them is shared. One source alone is a group too.
 */
public final class XdpGroup {
    private long leader;

    /** Handle of the source with the program, 0 before there is one. */
    synchronized long leader() {
        return leader;
    }

    /** Opens a source, which leads if it is the first. */
    synchronized long open(final LibWeir library, final long request) {
        final long handle = library.xdpOpen(request);
        if (leader == 0 && handle > 0) {
            leader = handle;
        }
        return handle;
    }

    synchronized int rebind(final LibWeir library, final long handle, final long request) {
        return library.xdpRebind(handle, request);
    }

    synchronized void close(final LibWeir library, final long handle) {
        library.xdpClose(handle);
    }
}
