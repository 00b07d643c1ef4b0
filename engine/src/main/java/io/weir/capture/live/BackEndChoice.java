package io.weir.capture.live;

import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.NetworkInterfaces;
import io.weir.capture.pfring.PfRingContext;
import io.weir.capture.pfring.PfRingSource;
import io.weir.packet.LinkType;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to say about capturing from an interface, found out without disturbing it.
 *
 * <p>AF_XDP is the best where the NIC writes into our memory itself. Where the kernel copies, TPACKET_V3 costs less.
 * And it takes frames from the host, so that an interface the host is reached by is never captured through it unasked.
 *
 * @param backEnd    what {@code auto} takes
 * @param why        in one line, what speaks against those that come before it
 * @param judgements of every back end, the best first
 */
public record BackEndChoice(BackEnd backEnd, String why, List<Judgement> judgements) {
    /** Longest frame that fits a chunk, less Ethernet header and two VLAN tags. */
    private static final int MAX_MTU = 4096 - 256 - 22;
    private static final int FEATURE_ZERO_COPY = 8;
    private static final int PROBE_BLOCKS = 4;
    private static final int PROBE_BLOCK_BYTES = 128 << 10;

    /**
     * One back end on one interface.
     *
     * @param works    it can be asked for
     * @param suitable {@code auto} may take it
     * @param reason   why not, or what speaks for it
     */
    public record Judgement(BackEnd backEnd, boolean works, boolean suitable, String reason) {
    }

    /** Judges all back ends on an interface. */
    public static BackEndChoice of(final NetworkInterfaces.Entry entry, final boolean ignoreOutgoing,
        final String pfRingLibrary) {
        final List<Judgement> judgements =
            List.of(afXdp(entry, ignoreOutgoing), pfRing(entry, pfRingLibrary), tpacket(entry));
        final List<String> against = new ArrayList<>();
        for (final Judgement judgement : judgements) {
            if (judgement.suitable()) {
                return new BackEndChoice(judgement.backEnd(), against.isEmpty() ? judgement.reason()
                    : String.join("; ", against), judgements);
            }
            against.add(judgement.backEnd().word() + ": " + judgement.reason());
        }
        return new BackEndChoice(BackEnd.TPACKET_V3, judgements.get(judgements.size() - 1).reason(), judgements);
    }

    /** Judges AF_XDP for a fan-out, which needs a queue for each member; else packet sockets take it. */
    public static Judgement fanOut(final NetworkInterfaces.Entry entry, final boolean ignoreOutgoing,
        final int members) {
        final Judgement judgement = afXdp(entry, ignoreOutgoing);
        final int queues = judgement.suitable() ? FanOutCapture.queueCount(entry.name()) : 0;
        return !judgement.suitable() || queues >= members ? judgement : new Judgement(BackEnd.AF_XDP, true, false,
            "it has fewer queues than there are members: " + queues);
    }

    private static Judgement tpacket(final NetworkInterfaces.Entry entry) {
        return entry.capture().isEmpty() ? new Judgement(BackEnd.TPACKET_V3, true, true, "every Linux has it")
            : new Judgement(BackEnd.TPACKET_V3, false, false, entry.capture());
    }

    private static Judgement afXdp(final NetworkInterfaces.Entry entry, final boolean ignoreOutgoing) {
        if (!entry.capture().isEmpty() || entry.linkType() != LinkType.ETHERNET) {
            return new Judgement(BackEnd.AF_XDP, false, false,
                entry.capture().isEmpty() ? "only Ethernet devices have it" : entry.capture());
        }
        final int features = features(entry.name());
        final String reason;
        if (features < 0) {
            reason = "this kernel does not tell what the driver can do";
        } else if ((features & FEATURE_ZERO_COPY) == 0) {
            reason = (entry.driver().isEmpty() ? "the driver" : entry.driver()) + " has no zero copy, and copying costs"
                + " more than tpacket_v3";
        } else if (!entry.addresses().isEmpty()) {
            reason = "it would take all frames from this host, which has addresses there";
        } else if (!ignoreOutgoing) {
            reason = "it does not see what this host sends";
        } else if (entry.mtu() > MAX_MTU) {
            reason = "frames of its MTU are longer than a chunk";
        } else {
            return new Judgement(BackEnd.AF_XDP, true, true, "the driver has zero copy");
        }
        return new Judgement(BackEnd.AF_XDP, true, false, reason);
    }

    private static int features(final String name) {
        final LibWeir library = Native.library();
        try (NativeMemory.Region text = Native.text(name)) {
            return library.xdpFeatures(text.address());
        }
    }

    /** Opening a ring that nobody reads is the only test there is; a module that is not loaded ends it at once. */
    private static Judgement pfRing(final NetworkInterfaces.Entry entry, final String library) {
        if (!entry.capture().isEmpty() || entry.linkType() != LinkType.ETHERNET) {
            return new Judgement(BackEnd.PF_RING, false, false,
                entry.capture().isEmpty() ? "only Ethernet devices are captured through it" : entry.capture());
        }
        try (PfRingSource probe = new PfRingSource(new PfRingContext().interfaceName(entry.name()).library(library)
            .promiscuous(false).blockBytes(PROBE_BLOCK_BYTES).blockCount(PROBE_BLOCKS))) {
            return new Judgement(BackEnd.PF_RING, true, true, "module " + probe.version() + " is loaded");
        } catch (final CaptureException e) {
            return new Judgement(BackEnd.PF_RING, false, false, e.messageWithout("PF_RING on " + entry.name()));
        }
    }
}
