package io.weir.capture.live;

import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.NetworkInterfaces;
import io.weir.capture.PolledSource;
import io.weir.capture.afxdp.AfXdpSource;
import io.weir.capture.afxdp.XdpGroup;
import io.weir.capture.tpacket.FanOutGroup;
import io.weir.capture.tpacket.TpacketSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.agrona.CloseHelper;

/**
 * An interface that several members capture from, each from a source of its own, which lets nothing in before it is
 * told: rings of a PACKET_FANOUT group, or queues by AF_XDP.
 *
 * @param sources one for each member; whoever has this closes them, the last first
 * @param backEnd that was taken
 * @param how     what is to be known of it, in one line for people
 */
public record FanOutCapture(List<PolledSource> sources, BackEnd backEnd, String how) {
    /**
     * Opens the back end that is wanted, or the best that works.
     *
     * @param contexts one for each member, alike and not concluded: of a ring, or of queues, each has its own
     * @param words    of the hash by which members own flows, as {@code Toeplitz.words} has them
     * @throws CaptureException if it cannot be opened, with what to do
     */
    public static FanOutCapture open(final List<LiveContext> contexts, final int[] words) {
        final LiveContext first = contexts.get(0);
        if (first.wanted() == BackEnd.PF_RING) {
            throw new CaptureException(CaptureException.Kind.USAGE, "PF_RING has no fan-out: set workers.mode:"
                + " dispatch, or capture.backend: tpacket_v3");
        }
        final NetworkInterfaces.Entry entry = NetworkInterfaces.named(first.interfaceName());
        if (entry == null) {
            throw CaptureException.interfaceMissing(first.interfaceName());
        }
        String why = "as configured";
        BackEnd backEnd = first.wanted();
        if (backEnd == null) {
            final BackEndChoice.Judgement judgement =
                BackEndChoice.fanOut(entry, first.tpacket().ignoreOutgoing(), contexts.size());
            backEnd = judgement.suitable() ? BackEnd.AF_XDP : BackEnd.TPACKET_V3;
            why = judgement.suitable() ? judgement.reason() : BackEnd.AF_XDP.word() + ": " + judgement.reason();
        }
        final String name = first.interfaceName() + ": captured through " + backEnd.word() + " by " + contexts.size()
            + " members";
        if (backEnd == BackEnd.AF_XDP) {
            final List<PolledSource> queues = queues(contexts, queueCount(first.interfaceName()));
            return new FanOutCapture(queues, backEnd, name + ", " + ((AfXdpSource) queues.get(0)).mode() + " (" + why
                + ")");
        }
        final FanOutGroup group = new FanOutGroup(words);
        return new FanOutCapture(openAll(contexts.size(),
            member -> new TpacketSource(contexts.get(member).tpacket().group(group))), backEnd,
            name + " (" + why + ")");
    }

    /** Queues are dealt out in runs, the first ones longer if there is a rest. */
    private static List<PolledSource> queues(final List<LiveContext> contexts, final int present) {
        final LiveContext first = contexts.get(0);
        final int members = contexts.size();
        final int wanted = first.afXdp().queues();
        final int queues = wanted == 0 ? present : Math.min(wanted, present);
        if (queues < members) {
            throw new CaptureException(CaptureException.Kind.USAGE, first.interfaceName() + ": " + members
                + " members need a queue each, and AF_XDP has " + queues + ": take fewer workers, or 'sudo ethtool -L "
                + first.interfaceName() + " combined " + members + "'");
        }
        final XdpGroup group = new XdpGroup();
        return openAll(members, member -> new AfXdpSource(contexts.get(member).afXdp()
            .queues(queues / members + (member < queues % members ? 1 : 0))
            .member(group, member * (queues / members) + Math.min(member, queues % members))));
    }

    private static List<PolledSource> openAll(final int members, final IntFunction<PolledSource> opening) {
        final List<PolledSource> opened = new ArrayList<>();
        try {
            for (int member = 0; member < members; member++) {
                opened.add(opening.apply(member));
            }
            return opened;
        } catch (final CaptureException e) {
            for (int i = opened.size() - 1; i >= 0; i--) {
                CloseHelper.quietClose(opened.get(i));
            }
            throw e;
        }
    }

    /** Receive queues of an interface, as its driver tells; 1 if it does not. */
    public static int queueCount(final String name) {
        final LibWeir library = Native.library();
        try (NativeMemory.Region text = Native.text(name)) {
            return Math.max(1, library.xdpQueues(text.address()));
        }
    }
}
