package io.weir;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
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
        assertTrue(weir.size() > 20, "the classes were found");
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
