package io.weir.cli.config;

import io.weir.capture.afxdp.AfXdpContext;
import io.weir.capture.pfring.PfRingContext;
import io.weir.engine.EngineContext;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowState;
import io.weir.flow.FlowTableContext;
import io.weir.output.CaptureFiles;
import io.weir.protocol.classify.ClassifierContext;
import io.weir.reassembly.OverlapPolicy;
import io.weir.reassembly.StreamContext;
import io.weir.reassembly.fragment.FragmentContext;
import io.weir.rule.action.ActionContext;
import io.weir.rule.alert.AlertContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every setting there is. */
public final class Settings {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final long HOUR = 3_600 * SECOND;
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    private static final List<Setting<?>> ALL = new ArrayList<>();

    /** Interfaces to capture from. */
    public static final Setting<List<String>> INTERFACES = add("capture.interfaces", Kind.texts(), List.of(),
        "interfaces that 'weir run' captures from when -i names none");
    /** Capture filter. */
    public static final Setting<String> FILTER = add("capture.filter", Kind.text(), "",
        "filter expression (pcap-filter(7)), for 'read' and 'run'; -f takes its place; empty for everything");
    /** Back end. */
    public static final Setting<String> BACK_END = add("capture.backend",
        Kind.choice("auto", "tpacket_v3", "af_xdp", "pf_ring"), "auto",
        "how frames are taken from the kernel; auto takes the best that works and says which; af_xdp takes them from"
            + " the host");
    /** Ring profile. */
    public static final Setting<String> PROFILE = add("capture.profile",
        Kind.choice("throughput", "low-latency"), "throughput",
        "throughput: few large blocks; low-latency: small blocks handed over after 1 ms, for more CPU time");
    /** Block size. */
    public static final Setting<Long> BLOCK_SIZE = add("capture.block-size", Kind.bytes(128 * KIB, 64 * MIB), MIB,
        "bytes of one ring block, a multiple of 4 KiB; 256 KiB in the low-latency profile");
    /** Blocks. */
    public static final Setting<Integer> BLOCKS = add("capture.blocks", Kind.integer(4, 65_536), 64,
        "blocks of the ring; 256 in the low-latency profile");
    /** Block time-out. */
    public static final Setting<Long> BLOCK_TIMEOUT = add("capture.block-timeout",
        Kind.duration(MS, SECOND), 10 * MS,
        "after this the kernel hands over a block that is not full; 1 ms in the low-latency profile");
    /** Snap length. */
    public static final Setting<Integer> SNAP_LENGTH = add("capture.snap-length", Kind.integer(64, 262_144), 262_144,
        "most bytes kept of a frame; what is cut off is a gap in its flow");
    /** Promiscuous mode. */
    public static final Setting<Boolean> PROMISCUOUS = add("capture.promiscuous", Kind.flag(), true,
        "see frames that are addressed to other hosts");
    /** Own transmissions. */
    public static final Setting<Boolean> IGNORE_OUTGOING = add("capture.ignore-outgoing", Kind.flag(), true,
        "leave out frames this host sends itself");

    /** Mode of AF_XDP. */
    public static final Setting<String> XDP_MODE = add("capture.af-xdp.mode",
        Kind.choice("auto", "zero-copy", "native", "generic"), "auto",
        "who writes frames to memory: the NIC, the driver's program and the kernel, or the kernel alone; auto tries"
            + " them in this order");
    /** Queues of AF_XDP. */
    public static final Setting<Integer> XDP_QUEUES = add("capture.af-xdp.queues",
        Kind.integer(0, AfXdpContext.MAX_QUEUES), 0, "receive queues captured from, from the first on; 0 for all");
    /** Wake-up of AF_XDP. */
    public static final Setting<Boolean> XDP_NEED_WAKEUP = add("capture.af-xdp.need-wakeup", Kind.flag(), true,
        "let the driver rest until it is called; false where it must spin");
    /** Busy polling of AF_XDP. */
    public static final Setting<Integer> XDP_BUSY_POLL = add("capture.af-xdp.busy-poll",
        Kind.integer(0, AfXdpContext.MAX_BUSY_POLL_US), 0,
        "microseconds for which the capturing thread drives the NIC's queue in place of interrupts; 0 for never");
    /** Cluster of PF_RING. */
    public static final Setting<Integer> PF_RING_CLUSTER = add("capture.pf-ring.cluster",
        Kind.integer(0, PfRingContext.MAX_CLUSTER), 0,
        "cluster in which several processes share the traffic by flow; 0 for none");
    /** Library of PF_RING. */
    public static final Setting<String> PF_RING_LIBRARY = add("capture.pf-ring.library", Kind.text(),
        PfRingContext.LIBRARY, "file name of libpfring");

    /** Whether {@code run} warms up first. */
    public static final Setting<String> WARM_UP = add("capture.warm-up", Kind.choice("beside", "before", "off"),
        "beside", "made-up traffic runs through a throw-away engine, at low priority beside the capture, or before the"
            + " ring is opened, which takes a second or two");
    /** Number of workers. */
    public static final Setting<Integer> WORKERS = add("workers.count",
        Kind.integer(1, EngineContext.MAX_WORKERS), 1,
        "threads that inspect; with 1, capture and inspection share a thread; -w takes its place");
    /** How workers get frames. */
    public static final Setting<String> MODE = add("workers.mode", Kind.choice("dispatch", "fanout"), "dispatch",
        "how 'weir run' spreads frames: one thread deals them out, or each worker captures itself; or by --mode");
    /** CPUs. */
    public static final Setting<List<Integer>> CPUS = add("workers.cpus", Kind.integers(0, 4_095), List.of(),
        "CPUs to pin to, the dispatcher first if there is one, then the workers; empty to leave it to the kernel");
    /** Idle strategy. */
    public static final Setting<String> IDLE = add("workers.idle",
        Kind.choice("backoff", "yield", "spin", "park"), "backoff",
        "what a thread does without work: backoff spins, yields, then sleeps; spin needs a CPU of its own");
    /** Key of the hash that spreads flows. */
    public static final Setting<String> HASH_KEY = add("workers.hash-key", Kind.choice("random", "symmetric"), "random",
        "key that spreads flows over workers; symmetric is the published key of NICs, which senders can play against");

    /** Time to stop. */
    public static final Setting<Long> STOP_TIMEOUT = add("stop-timeout", Kind.duration(SECOND, HOUR), 10 * SECOND,
        "how long 'weir run', asked to stop, waits for slow outputs; then records are lost, 5 s later it ends anyway");

    /** Elephants. */
    public static final Setting<String> ELEPHANTS = add("overload.elephants",
        Kind.choice("report", "cut-off", "off"), "report",
        "'weir run' reports flows with a large share of the bytes; cut-off: and looks at no more of their payload");
    /** Share of elephants. */
    public static final Setting<Integer> ELEPHANT_SHARE = add("overload.elephant-share", Kind.integer(1, 100), 10,
        "percent of a worker's bytes in ten seconds that make a flow an elephant, if they are 16 MiB");

    /** Memory of the flow tables. */
    public static final Setting<Long> FLOW_MEMORY = add("flow.memory", Kind.bytes(MIB, 1_024 * GIB),
        FlowTableContext.MEMORY_BYTES_DEFAULT, "flow tables of all workers together; "
            + FlowTableContext.BYTES_PER_FLOW + " bytes per flow");
    /** VLAN ids in the flow key. */
    public static final Setting<Boolean> VLAN_IN_KEY = add("flow.vlan-in-key", Kind.flag(), true,
        "the same addresses in two VLANs are two flows");
    /** Tunnel identifier in the flow key. */
    public static final Setting<Boolean> TUNNEL_IN_KEY = add("flow.tunnel-in-key", Kind.flag(), true,
        "the same addresses in two tunnels are two flows");

    /** Memory of TCP reassembly. */
    public static final Setting<Long> STREAM_MEMORY = add("reassembly.memory", Kind.bytes(MIB, 1_024 * GIB),
        StreamContext.MEMORY_BYTES_DEFAULT, "TCP segments of all workers together that wait for missing ones");
    /** Memory of one stream. */
    public static final Setting<Long> STREAM_BYTES = add("reassembly.stream-memory", Kind.bytes(4 * KIB, GIB),
        (long) StreamContext.STREAM_BYTES_DEFAULT, "the same of one stream; beyond it what is missing is a gap");
    /** Memory for comparison of streams. */
    public static final Setting<Long> STREAM_COMPARISON = add("reassembly.comparison-memory",
        Kind.bytes(StreamContext.COMPARISON_BYTES_MIN, 16 * GIB), StreamContext.COMPARISON_BYTES_DEFAULT,
        "copies that each worker keeps of the TCP data it delivered last, to compare retransmissions with");
    /** Depth of streams. */
    public static final Setting<Long> STREAM_DEPTH = add("reassembly.depth", Kind.bytes(0, 1_024 * GIB), 0L,
        "bytes of each stream that are followed; 0 for all");
    /** Connections without a start. */
    public static final Setting<Boolean> MIDSTREAM = add("reassembly.midstream", Kind.flag(), true,
        "take up TCP connections whose start was not seen");
    /** Cut-off of streams. */
    public static final Setting<Boolean> CUT_OFF = add("reassembly.cut-off", Kind.flag(), true,
        "keep nothing more of a TCP stream once nothing that looks at it wants more");
    /** Urgent data. */
    public static final Setting<String> URGENT = add("reassembly.urgent", Kind.choice("inline", "drop"), "inline",
        "inline: the urgent byte is part of the stream, as with SO_OOBINLINE; drop: it is left out");
    /** Checksums. */
    public static final Setting<String> CHECKSUMS = add("reassembly.checksums",
        Kind.choice("auto", "count", "verify"), "auto",
        "a TCP segment with a wrong checksum is counted and, with verify, no data; auto verifies live only");
    /** Overlap policy. */
    public static final Setting<OverlapPolicy> OVERLAP_POLICY = add("reassembly.overlap-policy", Kind.overlapPolicy(),
        OverlapPolicy.LINUX, "which copy counts where TCP segments or IPv4 fragments overlap: as which host does");
    /** Overlap policies by network. */
    public static final Setting<Map<String, OverlapPolicy>> OVERLAP_POLICIES = add("reassembly.overlap-policies",
        Kind.overlapPolicies(), Map.of(), "the same for the hosts of networks; the longest prefix counts");
    /** Memory of fragments. */
    public static final Setting<Long> FRAGMENT_MEMORY = add("reassembly.fragments.memory",
        Kind.bytes(FragmentContext.MEMORY_BYTES_MIN, FragmentContext.MEMORY_BYTES_MAX),
        FragmentContext.MEMORY_BYTES_DEFAULT, "IP fragments that wait, and datagrams put together");
    /** Time-out of fragments. */
    public static final Setting<Long> FRAGMENT_TIMEOUT = add("reassembly.fragments.timeout",
        Kind.duration(SECOND, FragmentContext.TIMEOUT_SECONDS_MAX * SECOND),
        FragmentContext.TIMEOUT_SECONDS_DEFAULT * SECOND, "a datagram is given up this long after its first fragment");
    /** Fragments of one datagram. */
    public static final Setting<Integer> FRAGMENT_COUNT = add("reassembly.fragments.per-datagram",
        Kind.integer(2, 65_536), FragmentContext.FRAGMENTS_DEFAULT, "most fragments of one datagram");

    /** Memory of inspection. */
    public static final Setting<Long> PROTOCOL_MEMORY = add("protocols.memory", Kind.bytes(MIB, 1_024 * GIB),
        ClassifierContext.MEMORY_DEFAULT, "flows of all workers together whose content is being recognised or parsed");

    /** Records of files. */
    public static final Setting<Boolean> FILES = add("protocols.files", Kind.flag(), true,
        "write a fileinfo record for each file that is transferred");
    /** What sizes of files are. */
    public static final Setting<String> FILE_SIZE = add("protocols.file-size", Kind.choice("transmitted", "content"),
        "transmitted", "size of a compressed file in its record: as transmitted, or of its content, which is unpacked");
    /** Layers of compression. */
    public static final Setting<Integer> CODING_LAYERS = add("protocols.decompression-layers",
        Kind.integer(0, ClassifierContext.MOST_CODING_LAYERS), ClassifierContext.CODING_LAYERS_DEFAULT,
        "compressions of a body, one around the other, that are undone for rules");
    /** Layout of records of DNS. */
    public static final Setting<Integer> DNS_VERSION = add("protocols.dns-version", Kind.integer(2, 3),
        ClassifierContext.DNS_VERSION_DEFAULT, "layout of records of DNS: 3, or 2 as Suricata 7 writes them");
    /** Optional fields. */
    public static final Setting<List<String>> PROTOCOL_FIELDS = add("protocols.fields", Kind.texts(), List.of(),
        "fields that records have only if they are named here: those 'weir protocols --fields' calls optional");
    /** Rule files. */
    public static final Setting<List<String>> RULES = add("rules.files", Kind.texts(), List.of(),
        "rule files: .yaml and .yml, or signatures in Suricata's syntax; a directory stands for those in it; -r adds");
    /** Variables of signature files. */
    public static final Setting<Map<String, String>> RULE_VARIABLES = add("rules.variables", Kind.words(), Map.of(),
        "variables of signature files, as {HOME_NET: \"[10.0.0.0/8]\"}; those with PORTS in their name are ports");
    /** Classes of signatures. */
    public static final Setting<String> CLASSIFICATIONS = add("rules.classifications", Kind.text(), "",
        "a classification.config with further classes of signatures");
    /** References of signatures. */
    public static final Setting<String> REFERENCES = add("rules.references", Kind.text(), "",
        "a reference.config with further systems of references");
    /** Thresholds of signatures. */
    public static final Setting<String> THRESHOLDS = add("rules.thresholds", Kind.text(), "",
        "a threshold.config: which alerts are suppressed or limited");
    /** Categories of reputations. */
    public static final Setting<String> REPUTATION_CATEGORIES = add("rules.reputations.categories", Kind.text(), "",
        "categories of reputations, NUMBER,NAME,DESCRIPTION in each line; empty for none");
    /** Reputations. */
    public static final Setting<List<String>> REPUTATIONS = add("rules.reputations.files", Kind.texts(), List.of(),
        "files of reputations, ADDRESS,CATEGORY,SCORE in each line");
    /** Public suffixes. */
    public static final Setting<String> PUBLIC_SUFFIXES = add("rules.public-suffixes", Kind.text(), "",
        "the list of public suffixes, for the transforms domain and tld; empty to count labels");
    /** Pattern matcher. */
    public static final Setting<String> MATCHER = add("rules.matcher", Kind.choice("auto", "hyperscan", "java"), "auto",
        "what finds patterns: auto takes Hyperscan or Vectorscan where installed, else weir's own");
    /** States of rules. */
    public static final Setting<Integer> RULE_STATES = add("rules.states", Kind.integer(1_024, 16_777_216), 65_536,
        "counts, thresholds and host bits that are kept, 40 bytes each; beyond it the oldest make room");
    /** Payload in alerts. */
    public static final Setting<Boolean> ALERT_PAYLOAD = add("rules.alerts.payload", Kind.flag(), false,
        "put the bytes that matched into alerts");
    /** Bytes of payload in alerts. */
    public static final Setting<Long> ALERT_PAYLOAD_BYTES = add("rules.alerts.payload-bytes",
        Kind.bytes(1, AlertContext.MAX_PAYLOAD), 4 * KIB, "most bytes of these");
    /** Packet in alerts. */
    public static final Setting<Boolean> ALERT_PACKET = add("rules.alerts.packet", Kind.flag(), false,
        "put the packet into alerts");
    /** Frames kept for captures. */
    public static final Setting<Long> CAPTURE_MEMORY = add("rules.capture.memory",
        Kind.bytes(ActionContext.MEMORY_MIN, ActionContext.MEMORY_MAX), ActionContext.MEMORY_DEFAULT,
        "frames each worker keeps while a rule captures, so that captures begin before the match; a power of two");
    /** Bytes captured of a flow. */
    public static final Setting<Long> CAPTURE_FLOW_BYTES = add("rules.capture.bytes-per-flow",
        Kind.bytes(1, 1_024 * GIB), ActionContext.FLOW_BYTES_DEFAULT, "most bytes captured of a flow");
    /** Capture files. */
    public static final Setting<Integer> CAPTURE_FILES = add("rules.capture.files", Kind.integer(1, 10_000_000),
        CaptureFiles.FILES_DEFAULT, "most capture files that a run writes; flows beyond them are counted");
    /** Open capture files. */
    public static final Setting<Integer> CAPTURE_OPEN_FILES = add("rules.capture.open-files", Kind.integer(1, 10_000),
        CaptureFiles.OPEN_DEFAULT, "most capture files that are open at once");

    /** File of applications. */
    public static final Setting<String> APPLICATIONS = add("applications", Kind.text(), "",
        "names and addresses of services, as in config/applications.yaml, in place of those that come with weir");

    /** EVE output. */
    public static final Setting<Boolean> EVE = add("output.eve", Kind.flag(), true,
        "write DIR/eve.json when -o names a directory");
    /** Statistics interval. */
    public static final Setting<Long> STATISTICS_INTERVAL = add("output.statistics-interval",
        Kind.duration(SECOND, 24 * HOUR), 8 * SECOND, "time between 'stats' records of 'weir run'");
    /** Size at which eve.json is put aside. */
    public static final Setting<Long> ROTATE_SIZE = add("output.rotate.size", Kind.bytes(0, 1_024 * GIB), 0L,
        "'weir run' puts eve.json aside, under a name with the time, before it is longer; 0 for never");
    /** Time after which eve.json is put aside. */
    public static final Setting<Long> ROTATE_INTERVAL = add("output.rotate.interval",
        Kind.duration(0, 31 * 24 * HOUR), 0L, "the same after this time; 0 s for never");
    /** Files put aside. */
    public static final Setting<Integer> ROTATE_KEEP = add("output.rotate.keep", Kind.integer(0, 1_000_000), 10,
        "files put aside that are kept; the oldest beyond them are removed; 0 for all");
    /** Compression of files put aside. */
    public static final Setting<String> ROTATE_COMPRESS = add("output.rotate.compress",
        Kind.choice("gzip", "zstd", "off"), "gzip", "how files put aside are compressed");
    /** Flood rate. */
    public static final Setting<Integer> FLOOD_RATE = add("output.flood-rate", Kind.integer(0, 1_000_000_000), 1_000,
        "unanswered single-frame flows per second that 'weir run' writes one by one; more are summed up; 0 for all");
    /** Seed of community ids. */
    public static final Setting<Integer> COMMUNITY_ID_SEED = add("output.community-id-seed", Kind.integer(0, 0xffff), 0,
        "seed of community ids; the same in all tools whose records are to be joined");
    /** Full IPv6 addresses. */
    public static final Setting<Boolean> FULL_ADDRESSES = add("output.full-ipv6", Kind.flag(), false,
        "write IPv6 addresses with all their digits, as Suricata does, and not shortened");
    /** Hardware addresses. */
    public static final Setting<Boolean> ETHERNET = add("output.ethernet", Kind.flag(), false,
        "put Ethernet addresses into records: those of the first frame of each flow; 16 bytes a flow");
    /** Netflow records. */
    public static final Setting<Boolean> NETFLOW = add("output.netflow", Kind.flag(), false,
        "write a netflow record for each direction of a flow, beside its flow record");
    /** Kinds of anomalies. */
    public static final Setting<List<String>> ANOMALIES = add("output.anomalies",
        Kind.choices("decode", "stream", "applayer"), List.of("decode", "stream", "applayer"),
        "kinds of anomalies that are written: of headers, of TCP streams, of application protocols");
    /** Frames of anomalies. */
    public static final Setting<Boolean> ANOMALY_PACKET = add("output.anomaly-packet", Kind.flag(), false,
        "put the headers of the frame into anomalies: its first 128 bytes");
    /** Stream files. */
    public static final Setting<Integer> STREAM_FILES = add("output.stream-files", Kind.integer(1, 10_000_000),
        100_000, "most files that 'weir read --streams' writes; streams beyond them are counted");
    /** Latency histograms. */
    public static final Setting<Boolean> LATENCY = add("output.latency", Kind.flag(), true,
        "take latencies, and write them to DIR/latency.hlog, the slowest frames to DIR/latency-worst.jsonl");
    /** Interval of latencies. */
    public static final Setting<Long> LATENCY_INTERVAL = add("output.latency-interval",
        Kind.duration(SECOND, HOUR), SECOND, "time of one interval in these files");
    /** Pauses. */
    public static final Setting<Boolean> PAUSES = add("output.pauses", Kind.flag(), true,
        "beside latencies, take pauses of the JVM, the machine and the scheduler");

    /** Level of the log. */
    public static final Setting<String> LOG_LEVEL = add("log.level", Kind.choice(Kind.LOG_LEVELS), "info",
        "least that is logged: error, warn, info, debug or trace");
    /** Levels of packages. */
    public static final Setting<Map<String, String>> LOG_PACKAGES = add("log.packages", Kind.logLevels(), Map.of(),
        "other levels for packages of weir, as {output: debug}");
    /** Status file. */
    public static final Setting<String> STATUS_FILE = add("monitor.status-file", Kind.text(), "auto",
        "file in which 'weir run' shows its status to 'weir stat' and 'weir top': auto, off or a path");
    /** Where metrics are served. */
    public static final Setting<String> METRICS_LISTEN = add("monitor.metrics-listen", Kind.listen(), "",
        "where 'weir run' serves metrics for Prometheus, at /metrics; --metrics takes its place; empty for nowhere");
    /** Where the web page is served. */
    public static final Setting<String> WEB_LISTEN = add("monitor.web-listen", Kind.listen(), "",
        "where 'weir run' serves its web page; --web takes its place; empty for nowhere");

    private static final List<List<Setting<Long>>> TIMEOUTS = timeouts();

    private Settings() {
    }

    /** All of them, section by section. */
    public static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    /** Time-out of flows of a protocol while they are in a state, in ns. */
    public static Setting<Long> timeout(final FlowProtocol protocol, final FlowState state) {
        return TIMEOUTS.get(protocol.ordinal()).get(state.ordinal());
    }

    private static List<List<Setting<Long>>> timeouts() {
        final FlowTableContext defaults = new FlowTableContext();
        final List<List<Setting<Long>>> timeouts = new ArrayList<>();
        for (final FlowProtocol protocol : FlowProtocol.values()) {
            final List<Setting<Long>> states = new ArrayList<>();
            for (final FlowState state : FlowState.values()) {
                states.add(add("flow.timeouts." + protocol.label() + "." + state.label(),
                    Kind.duration(SECOND, FlowTableContext.TIMEOUT_SECONDS_MAX * SECOND),
                    defaults.timeoutSeconds(protocol, state) * SECOND,
                    "a " + protocol.label() + " flow that is " + state.label() + " ends after this without a frame"));
            }
            timeouts.add(states);
        }
        return timeouts;
    }

    private static <T> Setting<T> add(
        final String path, final Kind<T> kind, final T defaultValue, final String sentence) {
        final Setting<T> setting = new Setting<>(path, kind, defaultValue, sentence);
        ALL.add(setting);
        return setting;
    }
}
