package io.weir.capture.live;

import io.weir.capture.CaptureException;
import io.weir.capture.NetworkInterfaces;
import io.weir.capture.PolledSource;
import io.weir.capture.afxdp.AfXdpSource;
import io.weir.capture.pfring.PfRingSource;
import io.weir.capture.tpacket.TpacketSource;
import java.util.ArrayList;
import java.util.List;

/**
 * An interface that is captured from, and how.
 *
 * @param source  the frames; whoever has this closes it
 * @param backEnd that was taken
 * @param how     what is to be known of it, in one line for people
 */
public record LiveCapture(PolledSource source, BackEnd backEnd, String how) {
    /**
     * Opens the back end that is wanted, or the best that works.
     *
     * @throws CaptureException if it cannot be opened, with what to do; of several, that of the last
     */
    public static LiveCapture open(final LiveContext context) {
        context.conclude();
        if (context.wanted() != null) {
            return open(context, context.wanted(), "as configured");
        }
        final NetworkInterfaces.Entry entry = NetworkInterfaces.named(context.interfaceName());
        if (entry == null) {
            throw CaptureException.interfaceMissing(context.interfaceName());
        }
        final BackEndChoice choice =
            BackEndChoice.of(entry, context.tpacket().ignoreOutgoing(), context.pfRing().library());
        final List<String> against = new ArrayList<>();
        for (final BackEndChoice.Judgement judgement : choice.judgements()) {
            String reason = judgement.reason();
            if (judgement.suitable()) {
                try {
                    return open(context, judgement.backEnd(),
                        against.isEmpty() ? reason : String.join("; ", against));
                } catch (final CaptureException e) {
                    reason = e.getMessage();
                }
            }
            against.add(judgement.backEnd().word() + ": " + reason);
        }
        // The kernel's own words are the better ones.
        return open(context, BackEnd.TPACKET_V3, "");
    }

    private static LiveCapture open(final LiveContext context, final BackEnd backEnd, final String why) {
        final String name = context.interfaceName() + ": captured through " + backEnd.word();
        return switch (backEnd) {
            case TPACKET_V3 -> new LiveCapture(new TpacketSource(context.tpacket()), backEnd, name + " (" + why + ")");
            case AF_XDP -> {
                final AfXdpSource source = new AfXdpSource(context.afXdp());
                if (context.wanted() == null && !source.isZeroCopy()) {
                    source.close();
                    throw new CaptureException(CaptureException.Kind.RESOURCE, "zero copy was refused");
                }
                yield new LiveCapture(source, backEnd, name + ", " + source.mode() + ", " + source.queueCount()
                    + (source.queueCount() == 1 ? " queue" : " queues") + " (" + why + ")");
            }
            case PF_RING -> {
                final PfRingSource source = new PfRingSource(context.pfRing());
                yield new LiveCapture(source, backEnd, name + " " + source.version() + " (" + why + ")");
            }
        };
    }
}
