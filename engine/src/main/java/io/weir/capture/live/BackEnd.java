package io.weir.capture.live;

/** A way to take frames from an interface. */
public enum BackEnd {
    /** NIC writes to our memory, or the kernel copies to it; takes frames from the host. */
    AF_XDP("af_xdp"),
    /** A kernel module and a library of ntop. */
    PF_RING("pf_ring"),
    /** Packet socket with a ring in the kernel's memory: every Linux. */
    TPACKET_V3("tpacket_v3");

    private final String word;

    BackEnd(final String word) {
        this.word = word;
    }

    /** As settings and outputs name it. */
    public String word() {
        return word;
    }

    /** The back end of that name, or null for {@code auto}. */
    public static BackEnd of(final String word) {
        for (final BackEnd backEnd : values()) {
            if (backEnd.word.equals(word)) {
                return backEnd;
            }
        }
        return null;
    }
}
