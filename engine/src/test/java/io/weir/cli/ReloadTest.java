package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.cli.config.Configuration;
import io.weir.cli.config.ConfigurationException;
import io.weir.cli.config.ConfigurationReader;
import io.weir.cli.config.Settings;
import io.weir.cli.service.FakeManager;
import io.weir.cli.service.OperationalLog;
import io.weir.cli.service.PacketThreads;
import io.weir.cli.service.ServiceNotifier;
import io.weir.output.EveForm;
import io.weir.output.EveOutput;
import io.weir.protocol.Bytes;
import io.weir.protocol.NameKind;
import io.weir.protocol.application.ActiveApplications;
import io.weir.protocol.application.ApplicationTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {
    private static final String RULE = """
        rules:
          - {id: %d, alert: A test, when: {protocol: dns}}
        """;

    @TempDir
    private Path directory;

    private final ActiveApplications applications = new ActiveApplications(ApplicationTable.standard());
    private final LogLines log = new LogLines();
    private final List<Long> intervals = new ArrayList<>();
    private final ServiceNotifier nobody = new ServiceNotifier(null, 0);
    private final List<Throwable> faults = new ArrayList<>();
    private final List<LiveRules> opened = new ArrayList<>();
    private Path file;
    private Path ruleFile;

    @BeforeEach
    void nameFiles() throws IOException {
        file = directory.resolve("weir.yaml");
        ruleFile = directory.resolve("rules.yaml");
    }

    @AfterEach
    void stopListening() {
        log.close();
        opened.forEach(LiveRules::close);
        OperationalLog.levels(Configuration.defaults());
    }

    private LiveRules noRules() {
        final LiveRules rules = LiveRules.later(Configuration.defaults(), new PrintWriter(new StringWriter()));
        opened.add(rules);
        return rules;
    }

    private Configuration read() {
        try {
            return ConfigurationReader.read(file);
        } catch (final ConfigurationException e) {
            throw CommandException.usage(e.getMessage());
        }
    }

    private Reload reload(final LiveRules rules, final EveOutput eve, final ServiceNotifier notifier) {
        return new Reload(read(), this::read, applications, rules, eve, next -> EveForm.of(index -> ""),
            intervals::add, notifier, faults::add);
    }

    private void write(final String text) throws IOException {
        Files.writeString(file, text);
    }

    @Test
    void shouldNameWhatNeedsARestartEachTimeAndTakeTheRest() throws IOException {
        write("capture: {blocks: 64}\noutput: {statistics-interval: 8 s}\n");
        final Reload reload = reload(noRules(), null, nobody);
        write("capture: {blocks: 128}\noutput: {statistics-interval: 9 s}\nlog: {packages: {flow: debug}}\n");
        reload.run();
        assertEquals(List.of(9_000_000_000L), intervals);
        assertTrue(LogManager.getLogger("io.weir.flow.Anything").isDebugEnabled());
        assertTrue(log.lines().contains("WARN capture.blocks: needs a restart: 64 stays in force, not 128"),
            log.lines().toString());
        assertTrue(log.lines().contains("INFO output.statistics-interval: now 9 s"), log.lines().toString());
        final int before = log.lines().size();
        reload.run();
        final List<String> second = log.lines().subList(before, log.lines().size());
        assertTrue(second.contains("WARN capture.blocks: needs a restart: 64 stays in force, not 128"), second + "");
        assertEquals(2, second.size(), second + "");
    }

    @Test
    void shouldTakeALevelBackThatIsNotNamedAnyMore() throws IOException {
        write("log: {packages: {flow: debug}}\n");
        OperationalLog.levels(read());
        final Reload reload = reload(noRules(), null, nobody);
        write("log: {level: error}\n");
        reload.run();
        assertEquals(Level.ERROR, LogManager.getLogger("io.weir.flow.Anything").getLevel());
    }

    @Test
    void shouldKeepAllWhenTheFileIsBroken() throws IOException {
        write("output: {statistics-interval: 8 s}\n");
        final Reload reload = reload(noRules(), null, nobody);
        write("output:\n  statistics-interval: 9 s\n  fload-rate: 1\n");
        reload.run();
        assertEquals(List.of(), intervals);
        assertEquals(List.of("ERROR " + file + ":3:3: unknown key 'fload-rate' in 'output'; did you mean 'flood-rate'?",
            "ERROR configuration not reloaded; what is in force stays"), log.lines());
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).getMessage().contains("unknown key 'fload-rate'"), faults.toString());
    }

    @Test
    void shouldReplaceRulesUnlessOneIsWrong() throws IOException {
        Files.writeString(ruleFile, RULE.formatted(1));
        write("rules: {files: [" + ruleFile + "]}\noutput: {flood-rate: 10}\n");
        try (LiveRules rules = LiveRules.of(read(), new PrintWriter(new StringWriter()))) {
            final Reload reload = reload(rules, null, nobody);
            Files.writeString(ruleFile, RULE.formatted(1) + "  - {id: 2, alert: Another, when: {protocol: tls}}\n");
            reload.run();
            assertEquals(2, rules.size());
            Files.writeString(ruleFile, RULE.formatted(1) + "  - {id: 2, alert: Another, when: {protocl: tls}}\n");
            write("rules: {files: [" + ruleFile + "]}\noutput: {flood-rate: 10, statistics-interval: 1 min}\n");
            intervals.clear();
            reload.run();
            assertEquals(2, rules.size());
            assertEquals(List.of(), intervals, "one fault keeps everything");
            assertTrue(log.lines().stream().anyMatch(line -> line.startsWith("ERROR " + ruleFile + ":3:")),
                log.lines().toString());
        }
    }

    @Test
    void shouldTakeOverApplicationsUnlessTheirFileIsWrong() throws IOException {
        final Path services = directory.resolve("services.yaml");
        write("applications: " + services + "\n");
        Files.writeString(services,
            "categories: [web]\napplications:\n  ours: {title: Ours, category: web, hosts: [ours.example]}\n");
        final Reload reload = reload(noRules(), null, nobody);
        reload.run();
        assertEquals("ours", applications.of(host("www.ours.example")).name());
        Files.writeString(services, "categories: [web]\napplications:\n  ours: {title: Ours, category: wab}\n");
        reload.run();
        assertEquals("ours", applications.of(host("www.ours.example")).name());
        assertTrue(log.lines().contains("ERROR " + services + ":3:33: unknown category 'wab'; did you mean 'web'?"),
            log.lines().toString());
    }

    private int host(final String name) {
        final byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        return applications.find(NameKind.HOST, new Bytes().wrap(text, 0, text.length), 0, text.length);
    }

    @Test
    void shouldTakeUpRulesWhereThereWereNone() throws IOException {
        write("");
        Files.writeString(ruleFile, RULE.formatted(1));
        final LiveRules rules = noRules();
        final Reload reload = reload(rules, null, nobody);
        reload.run();
        assertTrue(log.lines().get(0).endsWith(" ms: no rules"), log.lines().toString());
        write("rules: {files: [" + ruleFile + "]}\n");
        reload.run();
        assertEquals(1, rules.size());
        write("");
        reload.run();
        assertEquals(0, rules.size());
    }

    @Test
    void shouldOpenItsOutputAnewEvenIfTheConfigurationIsBroken() throws IOException {
        write("");
        final Path records = directory.resolve("eve.json");
        try (EveOutput eve = new EveOutput(records, true, 0, EveForm.of(index -> ""), ApplicationTable.NONE)) {
            final Reload reload = reload(noRules(), eve, nobody);
            write("[");
            Files.delete(records);
            reload.run();
        }
        assertTrue(Files.exists(records));
    }

    @Test
    void shouldTellTheServiceManagerWhenItBeginsAndEnds() throws IOException {
        write("");
        try (FakeManager manager = new FakeManager()) {
            final ServiceNotifier notifier =
                ServiceNotifier.of(Map.of("NOTIFY_SOCKET", manager.name()), 1);
            notifier.watch(new PacketThreads() {
                @Override
                public int count() {
                    return 0;
                }

                @Override
                public long cycles(final int index) {
                    return 0;
                }

                @Override
                public String name(final int index) {
                    return "";
                }
            });
            notifier.look(0, () -> "");
            manager.messages();
            final Reload reload = reload(noRules(), null, notifier);
            write("[");
            reload.run();
            final List<String> said = manager.messages();
            assertEquals(2, said.size());
            assertTrue(said.get(0).startsWith("RELOADING=1\nMONOTONIC_USEC="), said.get(0));
            assertEquals("READY=1", said.get(1));
        }
    }

    @Test
    void shouldLeaveWhatIsNotLiveAlone() {
        assertTrue(Settings.all().stream().anyMatch(Reload::isLive));
        assertTrue(!Reload.isLive(Settings.BLOCKS) && !Reload.isLive(Settings.INTERFACES));
    }
}
