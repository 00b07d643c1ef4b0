package io.weir.cli;

import io.weir.capture.afxdp.AfXdpContext;
import io.weir.capture.live.BackEnd;
import io.weir.capture.live.LiveContext;
import io.weir.capture.pfring.PfRingContext;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.engine.ElephantPolicy;
import io.weir.engine.EngineContext;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowState;
import io.weir.flow.FlowTableContext;
import io.weir.flow.Toeplitz;
import io.weir.output.FileRotation;
import io.weir.protocol.application.ApplicationFileException;
import io.weir.protocol.application.ApplicationReader;
import io.weir.protocol.application.ApplicationTable;
import io.weir.protocol.classify.ClassifierContext;
import io.weir.reassembly.OverlapPolicy;
import io.weir.reassembly.StreamContext;
import io.weir.reassembly.TargetPolicies;
import io.weir.reassembly.fragment.FragmentContext;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** Makes the contexts of the stages from a configuration. */
final class ContextFactory {
    private final Configuration configuration;
    private ApplicationTable applications;

    ContextFactory(final Configuration configuration) {
        this.configuration = configuration;
    }

    /** Names and addresses of services: those of the file that is set, or those that come with weir. */
    ApplicationTable applications() {
        if (applications == null) {
            final String file = configuration.get(Settings.APPLICATIONS);
            try {
                applications = file.isEmpty() ? ApplicationTable.standard() : ApplicationReader.read(Path.of(file));
            } catch (final ApplicationFileException e) {
                throw CommandException.usage(e.getMessage());
            }
        }
        return applications;
    }

    /**
     * The engine, without source and outputs.
     *
     * @param live true if frames come from the wire: wrong checksums are damage there, and not a trace of offload
     */
    EngineContext engine(final int workers, final boolean live) {
        final EngineContext context = new EngineContext()
            .workers(workers)
            .cpus(configuration.get(Settings.CPUS).stream().mapToInt(Integer::intValue).toArray())
            .idleStrategy(idleStrategy(configuration.get(Settings.IDLE)))
            .flowTable(flowTable())
            .fragments(fragments(live))
            .streams(streams(live))
            .applications(applications())
            .classifier(new ClassifierContext()
                .memory(configuration.get(Settings.PROTOCOL_MEMORY))
                .fields(configuration.get(Settings.PROTOCOL_FIELDS))
                .files(configuration.get(Settings.FILES))
                .unpacksFiles("content".equals(configuration.get(Settings.FILE_SIZE)))
                .dnsVersion(configuration.get(Settings.DNS_VERSION))
                .codingLayers(configuration.get(Settings.CODING_LAYERS))
                .cutOff(configuration.get(Settings.CUT_OFF)))
            .latency(configuration.get(Settings.LATENCY))
            .latencyIntervalNs(configuration.get(Settings.LATENCY_INTERVAL))
            .pauses(configuration.get(Settings.PAUSES))
            .elephants(elephants(), configuration.get(Settings.ELEPHANT_SHARE))
            .watched(Monitoring.isWanted(configuration, live))
            .oddFrames(configuration.get(Settings.ANOMALY_PACKET))
            .statisticsIntervalNs(configuration.get(Settings.STATISTICS_INTERVAL));
        if ("symmetric".equals(configuration.get(Settings.HASH_KEY))) {
            context.toeplitzKey(Toeplitz.symmetricKey());
        }
        return context;
    }

    private ElephantPolicy elephants() {
        return switch (configuration.get(Settings.ELEPHANTS)) {
            case "cut-off" -> ElephantPolicy.CUT_OFF;
            case "off" -> ElephantPolicy.OFF;
            default -> ElephantPolicy.REPORT;
        };
    }

    private static Supplier<IdleStrategy> idleStrategy(final String name) {
        return switch (name) {
            case "spin" -> () -> BusySpinIdleStrategy.INSTANCE;
            case "yield" -> () -> YieldingIdleStrategy.INSTANCE;
            case "park" -> () -> new SleepingIdleStrategy(TimeUnit.MICROSECONDS.toNanos(100));
            default -> () -> new BackoffIdleStrategy(10, 20, 1_000, 100_000);
        };
    }

    private FlowTableContext flowTable() {
        final FlowTableContext context = new FlowTableContext()
            .memoryBytes(configuration.get(Settings.FLOW_MEMORY))
            .vlanInKey(configuration.get(Settings.VLAN_IN_KEY))
            .tunnelInKey(configuration.get(Settings.TUNNEL_IN_KEY))
            .hardwareAddresses(configuration.get(Settings.ETHERNET));
        for (final FlowProtocol protocol : FlowProtocol.values()) {
            for (final FlowState state : FlowState.values()) {
                context.timeoutSeconds(protocol, state,
                    (int) TimeUnit.NANOSECONDS.toSeconds(configuration.get(Settings.timeout(protocol, state))));
            }
        }
        return context;
    }

    private FragmentContext fragments(final boolean live) {
        return new FragmentContext()
            .memoryBytes(configuration.get(Settings.FRAGMENT_MEMORY))
            .timeoutSeconds((int) TimeUnit.NANOSECONDS.toSeconds(configuration.get(Settings.FRAGMENT_TIMEOUT)))
            .fragmentsPerDatagram(configuration.get(Settings.FRAGMENT_COUNT))
            .vlanInKey(configuration.get(Settings.VLAN_IN_KEY))
            .verifyChecksums(verifiesChecksums(live))
            .policies(overlapPolicies());
    }

    private boolean verifiesChecksums(final boolean live) {
        return switch (configuration.get(Settings.CHECKSUMS)) {
            case "verify" -> true;
            case "count" -> false;
            default -> live;
        };
    }

    StreamContext streams(final boolean live) {
        return new StreamContext()
            .memoryBytes(configuration.get(Settings.STREAM_MEMORY))
            .streamBytes((int) (long) configuration.get(Settings.STREAM_BYTES))
            .comparisonBytes(configuration.get(Settings.STREAM_COMPARISON))
            .depth(configuration.get(Settings.STREAM_DEPTH))
            .midstream(configuration.get(Settings.MIDSTREAM))
            .cutOff(configuration.get(Settings.CUT_OFF))
            .urgentInline("inline".equals(configuration.get(Settings.URGENT)))
            .checksums(verifiesChecksums(live) ? StreamContext.Checksums.VERIFY : StreamContext.Checksums.COUNT)
            .policies(overlapPolicies());
    }

    private TargetPolicies overlapPolicies() {
        TargetPolicies policies = TargetPolicies.of(configuration.get(Settings.OVERLAP_POLICY));
        for (final Map.Entry<String, OverlapPolicy> network
            : configuration.get(Settings.OVERLAP_POLICIES).entrySet()) {
            policies = policies.with(network.getKey(), network.getValue());
        }
        return policies;
    }

    /** When eve.json is put aside. */
    FileRotation rotation() {
        return new FileRotation(configuration.get(Settings.ROTATE_SIZE), configuration.get(Settings.ROTATE_INTERVAL),
            configuration.get(Settings.ROTATE_KEEP),
            FileRotation.Compression.valueOf(configuration.get(Settings.ROTATE_COMPRESS).toUpperCase(Locale.ROOT)));
    }

    /** One interface, through whichever back end. */
    LiveContext live(final String interfaceName, final String filter) {
        final TpacketContext ring = ring(interfaceName, filter);
        return new LiveContext(BackEnd.of(configuration.get(Settings.BACK_END)), ring,
            new AfXdpContext().interfaceName(interfaceName).filter(filter).snapLength(ring.snapLength())
                .promiscuous(ring.promiscuous()).memoryBytes(ring.ringBytes())
                .mode(xdpMode(configuration.get(Settings.XDP_MODE)))
                .queues(configuration.get(Settings.XDP_QUEUES))
                .needWakeup(configuration.get(Settings.XDP_NEED_WAKEUP))
                .busyPollUs(configuration.get(Settings.XDP_BUSY_POLL)),
            new PfRingContext().interfaceName(interfaceName).filter(filter).snapLength(ring.snapLength())
                .promiscuous(ring.promiscuous()).ignoreOutgoing(ring.ignoreOutgoing())
                .blockBytes(ring.blockBytes()).blockCount(ring.blockCount()).blockTimeoutMs(ring.blockTimeoutMs())
                .cluster(configuration.get(Settings.PF_RING_CLUSTER))
                .library(configuration.get(Settings.PF_RING_LIBRARY)));
    }

    private static AfXdpContext.Mode xdpMode(final String word) {
        return AfXdpContext.Mode.valueOf(word.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /** The ring of one interface. */
    TpacketContext ring(final String interfaceName, final String filter) {
        final TpacketContext context = new TpacketContext()
            .interfaceName(interfaceName)
            .filter(filter)
            .snapLength(configuration.get(Settings.SNAP_LENGTH))
            .promiscuous(configuration.get(Settings.PROMISCUOUS))
            .ignoreOutgoing(configuration.get(Settings.IGNORE_OUTGOING));
        if ("low-latency".equals(configuration.get(Settings.PROFILE))) {
            context.lowLatency();
        }
        if (configuration.isSet(Settings.BLOCK_SIZE)) {
            context.blockBytes((int) (long) configuration.get(Settings.BLOCK_SIZE));
        }
        if (configuration.isSet(Settings.BLOCKS)) {
            context.blockCount(configuration.get(Settings.BLOCKS));
        }
        if (configuration.isSet(Settings.BLOCK_TIMEOUT)) {
            context.blockTimeoutMs((int) TimeUnit.NANOSECONDS.toMillis(configuration.get(Settings.BLOCK_TIMEOUT)));
        }
        return context;
    }
}
