package io.weir.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Nearest;
import io.weir.flow.FlowProtocol;
import io.weir.flow.FlowState;
import io.weir.flow.FlowTableContext;
import io.weir.reassembly.OverlapPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
    private static Configuration parse(final String text) throws ConfigurationException {
        return ConfigurationReader.parse("w.yaml", text);
    }

    private static List<String> faults(final String text) {
        return assertThrows(ConfigurationException.class, () -> parse(text)).faults();
    }

    private static Path shipped() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("config/weir.yaml"))) {
            at = at.getParent();
        }
        return at.resolve("config/weir.yaml");
    }

    @Test
    void shouldShipAFileThatNamesEverySettingWithItsDefault() throws IOException, ConfigurationException {
        final String text = Files.readString(shipped());
        ConfigurationReader.read(shipped());
        final Configuration all = parse(text.replaceAll("(?m)^( +)#([a-z])", "$1$2"));
        for (final Setting<?> setting : Settings.all()) {
            assertTrue(all.isSet(setting), setting.path() + " is missing from config/weir.yaml");
            assertEquals(setting.defaultValue(), all.get(setting), setting.path());
        }
    }

    @Test
    void shouldSayHowMuchAFlowTakes() throws IOException {
        final String said = FlowTableContext.BYTES_PER_FLOW + " bytes per flow";
        assertTrue(Files.readString(shipped()).contains(said), said);
        assertTrue(Settings.FLOW_MEMORY.sentence().contains(said), said);
    }

    @Test
    void shouldTakeNothingForAllDefaults() throws ConfigurationException {
        for (final String empty : new String[] {"", "\n# nothing\n", "capture:\nflow:\n", "---\n...\n", "{}"}) {
            final Configuration configuration = parse(empty);
            for (final Setting<?> setting : Settings.all()) {
                assertFalse(configuration.isSet(setting));
                assertEquals(setting.defaultValue(), configuration.get(setting));
            }
        }
    }

    @Test
    void shouldReadEveryKindOfValue() throws ConfigurationException {
        final Configuration configuration = parse("""
            capture:
              interfaces: eth0
              block-size: 256KiB
              block-timeout: 500 ms
              promiscuous: false
            workers: {count: 3, cpus: [1, 2], idle: spin}
            flow:
              memory: 2 GiB
              timeouts:
                udp: {new: 5 min}
            reassembly:
              overlap-policy: bsd-right
              overlap-policies: {10.0.0.0/8: windows-vista, "2001:db8::/32": solaris}
              fragments: {timeout: 1 min}
            """);
        assertEquals(List.of("eth0"), configuration.get(Settings.INTERFACES));
        assertEquals(262_144L, configuration.get(Settings.BLOCK_SIZE));
        assertEquals(500_000_000L, configuration.get(Settings.BLOCK_TIMEOUT));
        assertEquals(false, configuration.get(Settings.PROMISCUOUS));
        assertEquals(OverlapPolicy.BSD_RIGHT, configuration.get(Settings.OVERLAP_POLICY));
        assertEquals(Map.of("10.0.0.0/8", OverlapPolicy.WINDOWS_VISTA, "2001:db8::/32", OverlapPolicy.SOLARIS),
            configuration.get(Settings.OVERLAP_POLICIES));
        assertEquals(60_000_000_000L, configuration.get(Settings.FRAGMENT_TIMEOUT));
        assertEquals(3, configuration.get(Settings.WORKERS));
        assertEquals(List.of(1, 2), configuration.get(Settings.CPUS));
        assertEquals("spin", configuration.get(Settings.IDLE));
        assertEquals(2L << 30, configuration.get(Settings.FLOW_MEMORY));
        assertEquals(300_000_000_000L, configuration.get(Settings.timeout(FlowProtocol.UDP, FlowState.NEW)));
    }

    @Test
    void shouldNameEveryFaultWithItsPlaceAtOnce() {
        assertEquals(List.of(
            "w.yaml:2:3: unknown key 'interfces' in 'capture'; did you mean 'interfaces'?",
            "w.yaml:3:11: 'capture.blocks' must be a whole number from 4 to 65536, not 'many'",
            "w.yaml:5:3: 'count' is set a second time",
            "w.yaml:6:8: 'flow' holds settings, one 'key: value' per line: memory, vlan-in-key, tunnel-in-key,"
                + " timeouts",
            "w.yaml:7:1: unknown key 'flood-rate'; did you mean 'output.flood-rate'?",
            "w.yaml:8:1: unknown key 'zzzzzzzzz'; there are capture, workers, stop-timeout, overload, flow, "
            + "reassembly, protocols, rules, applications, output, log, monitor"),
            faults("""
                capture:
                  interfces: [eth0]
                  blocks: many
                workers: {count: 1,
                  count: 2}
                flow:  [1]
                flood-rate: 3
                zzzzzzzzz: 1
                """));
    }

    @Test
    void shouldRefuseValuesThatDoNotFit() {
        for (final String wrong : new String[] {
            "output: {eve: 'true'}", "output: {eve: yes}", "workers: {count: 0}", "workers: {count: 1.5}",
            "workers: {count: 99999999999999999999}", "workers: {idle: fast}", "workers: {cpus: [a]}",
            "output: {statistics-interval: 8}", "output: {statistics-interval: 8 parsecs}",
            "output: {statistics-interval: 999999999999999999 h}", "flow: {memory: -1}", "flow: {memory: 1 KiB}",
            "reassembly: {overlap-policy: beos}", "reassembly: {overlap-policies: [linux]}",
            "reassembly: {overlap-policies: {10.0.0.1/8: linux}}", "reassembly: {overlap-policies: {here: linux}}",
            "reassembly: {overlap-policies: {10.0.0.0/8: linux, 10.0.0.0/8: bsd}}",
            "reassembly: {overlap-policies: {10.0.0.0/8: [linux]}}", "reassembly: {checksums: maybe}",
            "log: {level: loud}", "log: {packages: {output: loud}}", "log: {packages: {outputs: info}}",
            "log: {packages: [output]}", "capture: {interfaces: {a: b}}", "capture: {interfaces: ['']}"}) {
            final List<String> faults = faults(wrong);
            assertEquals(1, faults.size(), wrong);
            assertTrue(faults.get(0).matches("w\\.yaml:1:\\d+: '[a-z.-]+' must be .*, not .*"), faults.get(0));
        }
    }

    @Test
    void shouldGiveThePlaceOfBrokenYaml() {
        for (final String broken : new String[] {
            "capture: [eth0\n", "a: b: c", "\tx: 1", "a: &x", "--- 1\n--- 2", "%"}) {
            final List<String> faults = faults(broken);
            assertEquals(1, faults.size(), broken);
            assertTrue(faults.get(0).matches("w\\.yaml:\\d+:\\d+: .+"), broken + " gives " + faults.get(0));
        }
    }

    @Test
    void shouldNeverThrowAnythingElse() {
        final Random random = new Random(7);
        final String alphabet = "capture: {}[]&*!|>-?#'\"%@`\n\t workers.count,1\u0000\u2028é";
        for (int i = 0; i < 3_000; i++) {
            final StringBuilder text = new StringBuilder();
            for (int c = random.nextInt(60); c > 0; c--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                parse(text.toString());
            } catch (final ConfigurationException e) {
                assertFalse(e.faults().isEmpty());
            }
        }
    }

    @Test
    void shouldSayWhyAFileCannotBeRead(@TempDir final Path directory) throws IOException {
        final Path binary = Files.write(directory.resolve("b.yaml"), "a\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(List.of(binary + ": not text in UTF-8"),
            assertThrows(ConfigurationException.class, () -> ConfigurationReader.read(binary)).faults());
        final Path missing = directory.resolve("missing.yaml");
        assertEquals(List.of(missing + ": no such file"),
            assertThrows(ConfigurationException.class, () -> ConfigurationReader.read(missing)).faults());
        assertThrows(ConfigurationException.class, () -> ConfigurationReader.read(directory));
    }

    @Test
    void shouldFindTheNearestWord() {
        assertEquals("run", Nearest.of("rnu", List.of("read", "run")));
        assertEquals("read", Nearest.of("raed", List.of("read", "run")));
        assertEquals(null, Nearest.of("doctor", List.of("read", "run")));
    }
}
