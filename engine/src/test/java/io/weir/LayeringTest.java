package io.weir;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the order of the packages and keeps the packet path free of what allocates, locks or writes. */
final class LayeringTest {
    private static final String ROOT = "io.weir.";

    /** From the lowest up: a package may use those before it in this list, never those behind. */
    private static final List<String> LAYERS = List.of("base", "packet", "event", "capture", "flow", "reassembly",
        "protocol", "rule", "stats", "output", "report", "monitor", "engine", "cli");

    private static final String PROTOCOLS = ROOT + "protocol.";

    /** What stands below protocols or puts them together, and belongs to none of them. */
    private static final Set<String> SHARED =
        Set.of("classify", "catalogue", "text", "application", "asn1", "content", "ip", "anomaly", "file");

    /** Who knows protocols besides the catalogue, and why. */
    private static final Map<String, String> KNOWN = Map.ofEntries(
        entry("ciscovpn", "tls: its hello is one of DTLS"),
        entry("couchbase", "memcached: its messages have that layout"),
        entry("http", "dns elasticsearch http2 jsonrpc ookla websocket: what requests and bodies carry or upgrade to"),
        entry("http2", "dns http: messages of DNS in bodies; records of both have the same fields"),
        entry("ipfix", "netflow: it is the tenth version of it"),
        entry("jsonrpc", "stratum: a dialect of it"),
        entry("llmnr", "dns: its messages"),
        entry("mdns", "dns: its messages"),
        entry("mms", "cotp: what carries it"),
        entry("nfs", "rpc: what carries it"),
        entry("profinet", "dcerpc: what carries it"),
        entry("quic", "doq http3 tls: its handshake, and what it carries"),
        entry("rtsp", "rtcp rtp: media that it announces"),
        entry("s7comm", "cotp: what carries it"),
        entry("s7commplus", "cotp: what carries it"),
        entry("sip", "rtp: media that it announces"),
        entry("stun", "rtcp rtp telegram viber: what shares its flows"),
        entry("telegram", "quic: the block cipher"),
        entry("tls", "http2 rtp: what it carries or agrees on keys for"),
        entry("websocket", "amqp mqtt sip stomp xmpp: what it carries"),
        entry("rule.compile", "http: percent signs in URIs are decoded as the parser does"));

    private static final String[] PACKET_PATH =
        {ROOT + "base..", ROOT + "event..", ROOT + "packet..", ROOT + "capture..", ROOT + "flow..", ROOT + "engine.."};

    private static JavaClasses weir;

    @BeforeAll
    static void readClasses() {
        weir = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.weir");
    }

    @Test
    void shouldKnowEveryPackage() {
        final Set<String> unknown = weir.stream().map(LayeringTest::layerName)
            .filter(name -> !LAYERS.contains(name)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unknown, "packages of io.weir that have no place in the order of layers");
        assertEquals(new TreeSet<>(LAYERS), weir.stream().map(LayeringTest::layerName)
            .collect(Collectors.toCollection(TreeSet::new)), "layers without a class");
    }

    @Test
    void shouldUseOnlyLowerLayers() {
        for (int i = 0; i < LAYERS.size() - 1; i++) {
            final int layer = i;
            noClasses().that(are(inLayers(layer, layer + 1))).should()
                .dependOnClassesThat(are(inLayers(layer + 1, LAYERS.size())))
                .because(LAYERS.get(layer) + " lies below " + LAYERS.subList(layer + 1, LAYERS.size()))
                .allowEmptyShould(true).check(weir);
        }
    }

    /** So that adding a protocol touches its package and a line of the catalogue. */
    @Test
    void shouldNameProtocolsInTheCatalogueAlone() {
        final Set<String> explained = new TreeSet<>();
        KNOWN.forEach((from, what) -> List.of(what.split(":")[0].split(" "))
            .forEach(to -> explained.add(from + " uses " + to)));
        final Set<String> found = new TreeSet<>();
        final Set<String> shared = new TreeSet<>();
        for (final JavaClass user : weir) {
            final String from = user.getPackageName().startsWith(PROTOCOLS) ? protocolName(user)
                : user.getPackageName().substring(Math.min(ROOT.length(), user.getPackageName().length()));
            for (final Dependency dependency : user.getDirectDependenciesFromSelf()) {
                final JavaClass used = dependency.getTargetClass();
                final String to = used.getPackageName().startsWith(PROTOCOLS) ? protocolName(used) : from;
                if (!to.equals(from) && SHARED.contains(to)) {
                    shared.add(to);
                } else if (!to.equals(from) && !"catalogue".equals(from)) {
                    found.add(from + " uses " + to);
                }
            }
        }
        assertEquals(explained, found, "what is explained, and what there is");
        assertEquals(new TreeSet<>(SHARED), shared, "what stands below protocols, and what others use");
    }

    private static String protocolName(final JavaClass type) {
        return type.getPackageName().substring(PROTOCOLS.length()).split("\\.")[0];
    }

    @Test
    void shouldKeepThePacketPathFreeOfStreamsFormattingAndLogging() {
        noClasses().that().resideInAnyPackage(PACKET_PATH).should()
            .dependOnClassesThat().resideInAnyPackage("java.util.stream..", "java.util.logging..")
            .because("the packet path allocates nothing and writes nothing").check(weir);
        noClasses().that().resideInAnyPackage(PACKET_PATH).should()
            .callMethodWhere(DescribedPredicate.describe("formats a string", LayeringTest::formats))
            .because("formatting allocates and parses its pattern anew each time").check(weir);
        noClasses().that().resideInAnyPackage(PACKET_PATH).should().accessField(System.class, "out")
            .orShould().accessField(System.class, "err")
            .because("only the commands write to the terminal").check(weir);
    }

    @Test
    void shouldParseCommandLinesInCommandsAlone() {
        noClasses().that().resideOutsideOfPackage("io.weir.cli..").should()
            .dependOnClassesThat().resideInAPackage("picocli..")
            .because("command line parsing belongs to the commands").check(weir);
    }

    private static boolean formats(final JavaAccess<?> call) {
        final String name = call.getName();
        return call.getTargetOwner().isEquivalentTo(String.class)
            && ("format".equals(name) || "formatted".equals(name));
    }

    private static DescribedPredicate<JavaClass> inLayers(final int from, final int to) {
        return DescribedPredicate.describe("in " + LAYERS.subList(from, to), type -> {
            final int layer = type.getPackageName().startsWith(ROOT) ? LAYERS.indexOf(layerName(type)) : -1;
            return layer >= from && layer < to;
        });
    }

    private static String layerName(final JavaClass type) {
        final String below = type.getPackageName().substring(Math.min(ROOT.length(), type.getPackageName().length()));
        final int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }
}
