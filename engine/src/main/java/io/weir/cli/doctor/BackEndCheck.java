package io.weir.cli.doctor;

import io.weir.capture.NetworkInterfaces;
import io.weir.capture.live.BackEnd;
import io.weir.capture.live.BackEndChoice;
import io.weir.capture.live.FanOutCapture;
import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import java.util.List;

/** Through which back end each interface is captured, and whether the one that is configured can do it. */
public final class BackEndCheck implements Check {
    private final List<NetworkInterfaces.Entry> entries;
    private final Configuration configuration;

    /** Checks those of these interfaces that the plan names and that can be captured from at all. */
    public BackEndCheck(final List<NetworkInterfaces.Entry> entries, final Configuration configuration) {
        this.entries = List.copyOf(entries);
        this.configuration = configuration;
    }

    @Override
    public void look(final Machine machine, final Plan plan, final Findings findings) {
        for (final NetworkInterfaces.Entry entry : entries) {
            if (plan.interfaces().contains(entry.name()) && entry.capture().isEmpty()) {
                if (plan.fansOut()) {
                    fanOut(entry, plan.workers(), findings.topic(entry.name()));
                } else {
                    look(entry, findings.topic(entry.name()));
                }
            }
        }
    }

    /** AF_XDP needs a queue for each member; packet sockets need none. */
    private void fanOut(final NetworkInterfaces.Entry entry, final int members, final Findings findings) {
        final BackEnd wanted = BackEnd.of(configuration.get(Settings.BACK_END));
        final BackEndChoice.Judgement judgement =
            BackEndChoice.fanOut(entry, configuration.get(Settings.IGNORE_OUTGOING), members);
        if (wanted == BackEnd.PF_RING) {
            findings.problem("PF_RING has no fan-out", "weir run ends at once", "set workers.mode: dispatch");
        } else if (wanted == BackEnd.AF_XDP && FanOutCapture.queueCount(entry.name()) < members) {
            findings.problem(members + " members need a receive queue each through af_xdp, and it has "
                + FanOutCapture.queueCount(entry.name()), "weir run ends at once",
                "sudo ethtool -L " + entry.name() + " combined " + members);
        } else {
            final boolean queues = wanted == BackEnd.AF_XDP || wanted == null && judgement.suitable();
            findings.ok("captured by " + members + " members through "
                + (queues ? BackEnd.AF_XDP : BackEnd.TPACKET_V3).word() + ", "
                + (wanted == null ? "af_xdp: " + judgement.reason() : "as configured"));
        }
    }

    private void look(final NetworkInterfaces.Entry entry, final Findings findings) {
        final BackEndChoice choice = BackEndChoice.of(entry, configuration.get(Settings.IGNORE_OUTGOING),
            configuration.get(Settings.PF_RING_LIBRARY));
        final BackEnd wanted = BackEnd.of(configuration.get(Settings.BACK_END));
        if (wanted == null) {
            findings.ok("captured through " + choice.backEnd().word() + " (" + choice.why() + ")");
            return;
        }
        for (final BackEndChoice.Judgement judgement : choice.judgements()) {
            if (judgement.backEnd() == wanted && judgement.suitable()) {
                findings.ok("captured through " + wanted.word() + ", as configured (" + judgement.reason() + ")");
            } else if (judgement.backEnd() == wanted && judgement.works()) {
                findings.note("captured through " + wanted.word() + ", as configured, which auto would not take",
                    judgement.reason(), "");
            } else if (judgement.backEnd() == wanted) {
                findings.problem("cannot be captured from through " + wanted.word() + ": " + judgement.reason(),
                    "weir run ends at once", "set capture.backend: auto");
            }
        }
    }
}
