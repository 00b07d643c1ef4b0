package io.weir.cli;

import io.weir.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One of Suricata's public test cases: a capture, rules, and what is expected of the events.
 *
 * @param name    path of its folder
 * @param tier    how much it asks of an engine that is not Suricata
 * @param folder  with {@code test.yaml}
 * @param capture to be read
 */
record SuricataCase(String name, String tier, Path folder, Path capture) {
    /** What the engine claims to be like. */
    private static final int[] VERSION = {8, 0, 0};
    /** Fields of TLS that are written if they are asked for, by Suricata's names. */
    private static final Map<String, String> TLS_FIELDS = Map.of("certificate", "tls.certificate", "chain",
        "tls.chain_bytes", "client_certificate", "tls.client.certificate", "client_handshake", "tls.client_handshake",
        "server_handshake", "tls.server_handshake");
    /** Kinds of records that configurations call otherwise. */
    private static final Map<String, String> OTHER_NAMES = Map.of("files", "fileinfo", "bittorrent-dht",
        "bittorrent_dht", "http2", "http", "ftp_data", "ftp");
    private static final Pattern SAVING = Pattern.compile("\\bdataset:[^;]*\\b(?:state|save)\\s");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** The cases of these tiers that an engine can run which is not Suricata. */
    static List<SuricataCase> of(final Path corpus, final List<String> tiers) throws IOException {
        final List<SuricataCase> cases = new ArrayList<>();
        final List<String> lines = Files.readAllLines(corpus.resolve("SURICATA_TESTS.tsv"));
        for (final String line : lines.subList(1, lines.size())) {
            final String[] columns = line.split("\t");
            if (tiers.contains(columns[2]) && "yes".equals(columns[3])) {
                cases.add(new SuricataCase(columns[0], columns[2],
                    corpus.resolve("expected/OISF+suricata-verify").resolve(columns[0]), corpus.resolve(columns[1])));
            }
        }
        return cases;
    }

    /** The command that runs it. */
    List<String> command(final Path output) throws IOException {
        final Path configuration = output.resolve("weir.yaml");
        Files.createDirectories(output);
        Files.writeString(configuration, new Dump(DumpSettings.builder().build()).dumpToString(settings()));
        final List<String> command =
            new ArrayList<>(List.of("read", "-q", "-c", configuration.toString(), "-o", output.toString()));
        try (Stream<Path> files = Files.list(folder)) {
            final Object elsewhere = yaml("test.yaml").get("rules");
            final List<Path> rules = elsewhere != null ? List.of(folder.resolve(elsewhere.toString()).normalize())
                : files.filter(file -> file.toString().endsWith(".rules")).sorted().toList();
            final Path usual = folder.resolve("test.rules");
            if (!rules.isEmpty()) {
                command.add("-r");
                command.add(saving(rules.contains(usual) ? usual : rules.get(0), output).toString());
            }
        }
        command.add(capture.toString());
        return command;
    }

    /** A rule file; of one that saves data sets a copy with all that is beside it, since they are saved there. */
    private Path saving(final Path rules, final Path output) throws IOException {
        if (!SAVING.matcher(new String(Files.readAllBytes(rules), StandardCharsets.UTF_8)).find()) {
            return rules;
        }
        final Path copy = Files.createDirectories(output.resolve("rules"));
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy.resolve(rules.getFileName());
    }

    /** weir's settings for what its suricata.yaml sets. */
    private Map<String, Object> settings() throws IOException {
        final Map<?, ?> suricata = yaml("suricata.yaml");
        final Map<String, Object> rules = new LinkedHashMap<>();
        rules.put("alerts", Map.of("payload", true, "packet", true));
        final Map<String, String> variables = new LinkedHashMap<>(Map.of("EXTERNAL_NET", "!$HOME_NET"));
        for (final String group : List.of("address-groups", "port-groups")) {
            map(map(suricata.get("vars")).get(group))
                .forEach((key, value) -> variables.put(key.toString(), String.valueOf(value)));
        }
        rules.put("variables", variables);
        final Map<String, String> files = Map.of("classification.config", "classifications", "reference.config",
            "references", "threshold.config", "thresholds");
        files.forEach((file, setting) -> {
            if (Files.exists(folder.resolve(file))) {
                rules.put(setting, folder.resolve(file).toString());
            }
        });
        final Map<String, Object> settings = new LinkedHashMap<>(Map.of("rules", rules));
        if (list(yaml("test.yaml").get("args")).stream()
            .anyMatch(argument -> argument.toString().contains("vlan.use-for-tracking=false"))) {
            settings.put("flow", Map.of("vlan-in-key", false));
        }
        settings.put("protocols", protocols(suricata));
        settings.put("output", form(suricata));
        return settings;
    }

    /** What a suricata.yaml says of the form of records. */
    private static Map<String, Object> form(final Map<?, ?> suricata) {
        final Map<String, Object> form = new LinkedHashMap<>(Map.of("full-ipv6", true));
        for (final Object output : list(suricata.get("outputs"))) {
            final Map<?, ?> log = map(map(output).get("eve-log"));
            if (log.containsKey("community-id-seed")) {
                form.put("community-id-seed", Integer.parseInt(String.valueOf(log.get("community-id-seed"))));
            }
            if (isYes(log.get("ethernet"))) {
                form.put("ethernet", true);
            }
        }
        form.put("netflow", kinds(suricata).contains("netflow"));
        if (kinds(suricata).contains("anomaly")) {
            final Map<?, ?> anomaly = records(suricata, "anomaly");
            form.put("anomaly-packet", isYes(anomaly.get("packethdr")));
            // those of protocols if it does not say
            form.put("anomalies", Stream.of("decode", "stream", "applayer").filter(kind ->
                map(anomaly.get("types")).containsKey(kind) ? isYes(map(anomaly.get("types")).get(kind))
                    : "applayer".equals(kind)).toList());
        }
        return form;
    }

    /** YAML of version 1.1 has these words for true. */
    private static boolean isYes(final Object value) {
        return Set.of("true", "yes", "on").contains(String.valueOf(value).toLowerCase(Locale.ROOT));
    }

    /** Kinds of records that a suricata.yaml asks for, by the names they have here; none if it does not say. */
    private static Set<String> kinds(final Map<?, ?> suricata) {
        final Set<String> kinds = new HashSet<>();
        for (final Object output : list(suricata.get("outputs"))) {
            for (final Object type : list(map(map(output).get("eve-log")).get("types"))) {
                if (type instanceof Map<?, ?> settings) {
                    settings.forEach((kind, value) -> {
                        if (!map(value).containsKey("enabled") || isYes(map(value).get("enabled"))) {
                            kinds.add(kind(String.valueOf(kind)));
                        }
                    });
                } else {
                    kinds.add(kind(String.valueOf(type)));
                }
            }
        }
        return kinds;
    }

    private static String kind(final String name) {
        return OTHER_NAMES.getOrDefault(name, name);
    }

    private Map<String, Object> protocols(final Map<?, ?> suricata) throws IOException {
        final Map<String, Object> protocols = new LinkedHashMap<>(Map.of("file-size", "content"));
        final Object layout = map(yaml("test.yaml").get("env")).get("SURICATA_EVE_DNS_VERSION");
        if ("2".equals(String.valueOf(layout == null ? records(suricata, "dns").get("version") : layout))) {
            protocols.put("dns-version", 2);
        }
        final List<String> fields = list(records(suricata, "tls").get("custom")).stream()
            .filter(TLS_FIELDS::containsKey).map(name -> TLS_FIELDS.get(name.toString())).toList();
        if (!fields.isEmpty()) {
            protocols.put("fields", fields);
        }
        return protocols;
    }

    /** Settings of records of this kind. */
    private static Map<?, ?> records(final Map<?, ?> suricata, final String kind) {
        for (final Object output : list(suricata.get("outputs"))) {
            for (final Object type : list(map(map(output).get("eve-log")).get("types"))) {
                if (map(type).get(kind) instanceof Map<?, ?> found) {
                    return found;
                }
            }
        }
        return Map.of();
    }

    /**
     * Judges events.
     *
     * @return how many checks passed, and what the others miss
     */
    Verdict judge(final Path eve) throws IOException {
        final Map<?, ?> description = yaml("test.yaml");
        if (!isMet(description.get("requires"))) {
            return new Verdict(0, List.of());
        }
        final List<Map<String, Object>> events = new ArrayList<>();
        if (Files.exists(eve)) {
            Files.readAllLines(eve).forEach(line -> events.add(Json.object(line)));
        }
        final Set<String> wanted = kinds(yaml("suricata.yaml"));
        if (isYes(records(yaml("suricata.yaml"), "alert").get("tagged-packets"))) {
            wanted.add("packet");
        }
        events.removeIf(event -> !wanted.isEmpty() && !wanted.contains(kind(String.valueOf(event.get("event_type")))));
        int passed = 0;
        final List<String> failed = new ArrayList<>();
        for (final Object check : list(description.get("checks"))) {
            for (final Map.Entry<?, ?> entry : map(check).entrySet()) {
                final Map<?, ?> asked = map(entry.getValue());
                final String fault = !isMet(asked.get("requires")) ? null : switch (entry.getKey().toString()) {
                    case "filter" -> filter(asked, events);
                    case "stats" -> statistics(asked, events);
                    default -> null;
                };
                if ("".equals(fault)) {
                    passed++;
                } else if (fault != null) {
                    failed.add(fault);
                }
            }
        }
        return new Verdict(passed, failed);
    }

    private static String filter(final Map<?, ?> asked, final List<Map<String, Object>> events) {
        final Map<?, ?> wanted = map(asked.get("match"));
        // Suricata reads bytes of a stream with the frame that acknowledges them, and names that one.
        final Map<Object, Object> ofAnyFrame = new LinkedHashMap<>(wanted);
        ofAnyFrame.remove("pcap_cnt");
        final String expected = String.valueOf(asked.get("count"));
        final long count = count(wanted, events);
        return expected.equals(String.valueOf(count)) || expected.equals(String.valueOf(count(ofAnyFrame, events))) ? ""
            : count + " instead of " + expected + " of " + wanted;
    }

    private static long count(final Map<?, ?> wanted, final List<Map<String, Object>> events) {
        return events.stream().filter(event -> EventCondition.all(event, wanted)).count();
    }

    private static String statistics(final Map<?, ?> asked, final List<Map<String, Object>> events) {
        Object last = Map.of();
        for (final Map<String, Object> event : events) {
            last = "stats".equals(event.get("event_type")) ? event.get("stats") : last;
        }
        return EventCondition.all(last, asked) ? "" : "not the statistics " + asked;
    }

    /** Whether a check is meant for this version; all optional features are taken to be there. */
    private static boolean isMet(final Object requirements) {
        final Map<?, ?> requires = map(requirements);
        if (requires.containsKey("lambda") || requires.containsKey("script")) {
            return false;
        }
        final Map<String, Integer> orders = new HashMap<>();
        requires.forEach((key, value) -> orders.put(key.toString(), Arrays.compare(VERSION, version(value))));
        final String exact = String.valueOf(requires.get("version"));
        return orders.getOrDefault("min-version", 0) >= 0 && orders.getOrDefault("lt-version", -1) < 0
            && orders.getOrDefault("gt-version", 1) > 0
            && (requires.get("version") == null || "8.0.0".startsWith(exact));
    }

    private static int[] version(final Object text) {
        final int[] numbers = new int[VERSION.length];
        final Matcher matcher = NUMBER.matcher(String.valueOf(text).split("-")[0]);
        for (int i = 0; i < numbers.length && matcher.find(); i++) {
            numbers[i] = Integer.parseInt(matcher.group());
        }
        return numbers;
    }

    /** A file of the case; empty if there is none or it is no YAML of this version. */
    private Map<?, ?> yaml(final String file) throws IOException {
        final Path path = folder.resolve(file);
        if (!Files.exists(path)) {
            return Map.of();
        }
        final String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        try {
            return map(new Load(LoadSettings.builder().setAllowDuplicateKeys(true).build())
                .loadFromString(text.replaceFirst("^%YAML.*\n(---\\s*\n)?", "")));
        } catch (final YamlEngineException e) {
            if (file.startsWith("test")) {
                throw new IOException(path.toString(), e);
            }
            return Map.of();
        }
    }

    private static Map<?, ?> map(final Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(final Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** What became of a case: checks that passed, and faults of the others. */
    record Verdict(int passed, List<String> failed) {
    }
}
