package io.weir.capture.tpacket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MissingPrivilegeTest {
    @Test
    void shouldNameTheCapabilityAndTheCommandThatGrantsIt() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
        final Process process = new ProcessBuilder("setpriv", "--inh-caps=-all", "--bounding-set=-all",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-Xmx64m", "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            PrivilegeProbe.class.getName()).redirectErrorStream(true).start();
        final List<String> said =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assumeTrue(!said.get(0).contains("setpriv:"), () -> "capabilities cannot be dropped here: " + said);
        assertEquals(5, said.size(), said.toString());
        assertRefusal("capturing from lo", said.get(0));
        assertRefusal("a filter on lo", said.get(1));
        assertRefusal("sending on lo", said.get(2));
        assertEquals("OK", said.get(3), "a filter for files needs no privilege");
        assertRefusal("a filter that says 'vlan'", said.get(4));
    }

    private static void assertRefusal(final String purpose, final String line) {
        assertTrue(line.startsWith("PRIVILEGE_MISSING: " + purpose
            + " needs CAP_NET_RAW: run as root, or sudo setcap cap_net_raw+ep "), line);
    }
}
