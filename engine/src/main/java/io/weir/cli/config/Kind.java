package io.weir.cli.config;

import io.weir.packet.AddressText;
import io.weir.reassembly.OverlapPolicy;
import io.weir.reassembly.TargetPolicies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * How the value of a setting is written.
 *
 * @param <T> what it becomes
 */
public final class Kind<T> {
    /** Levels of the log, the gravest first. */
    static final String[] LOG_LEVELS = {"error", "warn", "info", "debug", "trace"};

    private static final Pattern PACKAGE =
        Pattern.compile("(base|capture|flow|reassembly|protocol|rule|stats|output|engine|cli)(\\.[A-Za-z]+)*");
    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,18})\\s*([A-Za-z]*)");
    private static final Pattern LISTEN = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+)):([0-9]{1,5})");
    private static final Map<String, Long> BYTE_UNITS = Map.of("", 1L, "b", 1L, "kib", 1L << 10, "mib", 1L << 20,
        "gib", 1L << 30, "tib", 1L << 40, "kb", 1_000L, "mb", 1_000_000L, "gb", 1_000_000_000L);
    private static final Map<String, Long> TIME_UNITS = Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L,
        "s", 1_000_000_000L, "min", 60_000_000_000L, "h", 3_600_000_000_000L);

    private final String description;
    private final Function<Node, T> reader;
    private final Function<T, String> writer;

    private Kind(final String description, final Function<Node, T> reader) {
        this(description, reader, String::valueOf);
    }

    private Kind(final String description, final Function<Node, T> reader, final Function<T, String> writer) {
        this.description = description;
        this.reader = reader;
        this.writer = writer;
    }

    /** What a value must look like, for people. */
    public String description() {
        return description;
    }

    /** The value of a node, or null if the node does not hold one. */
    T read(final Node node) {
        return reader.apply(node);
    }

    /** A value as people write it. */
    String text(final T value) {
        return writer.apply(value);
    }

    /** {@code true} or {@code false}. */
    static Kind<Boolean> flag() {
        return new Kind<>("true or false",
            node -> node instanceof ScalarNode scalar && Tag.BOOL.equals(scalar.getTag())
                ? Boolean.valueOf(scalar.getValue().toLowerCase(Locale.ROOT)) : null);
    }

    /** A whole number within bounds. */
    static Kind<Integer> integer(final int least, final int most) {
        return new Kind<>("a whole number from " + least + " to " + most,
            node -> integer(node, least, most));
    }

    private static Integer integer(final Node node, final long least, final long most) {
        if (node instanceof ScalarNode scalar && Tag.INT.equals(scalar.getTag())) {
            try {
                final long value = Long.parseLong(scalar.getValue());
                return value < least || value > most ? null : (Integer) (int) value;
            } catch (final NumberFormatException e) {
                return null;
            }
        }
        return null;
    }

    /** Bytes, as {@code 262144} or {@code 256 KiB}. */
    static Kind<Long> bytes(final long least, final long most) {
        return new Kind<>("a size from " + bytesText(least) + " to " + bytesText(most) + ", as 256 KiB or 262144",
            node -> quantity(node, BYTE_UNITS, least, most), Kind::bytesText);
    }

    /** A duration with its unit, as {@code 10 ms}; the value is in ns. */
    static Kind<Long> duration(final long leastNs, final long mostNs) {
        return new Kind<>("a duration from " + durationText(leastNs) + " to " + durationText(mostNs)
            + ", as 10 ms, 8 s or 5 min", node -> quantity(node, TIME_UNITS, leastNs, mostNs), Kind::durationText);
    }

    private static Long quantity(
        final Node node, final Map<String, Long> units, final long least, final long most) {
        if (!(node instanceof ScalarNode scalar)) {
            return null;
        }
        final Matcher matcher = QUANTITY.matcher(scalar.getValue());
        if (!matcher.matches()) {
            return null;
        }
        final Long unit = units.get(matcher.group(2).toLowerCase(Locale.ROOT));
        if (unit == null) {
            return null;
        }
        final long number = Long.parseLong(matcher.group(1));
        final long value = number * unit;
        return number > Long.MAX_VALUE / unit || value < least || value > most ? null : (Long) value;
    }

    /** One of a few words. */
    static Kind<String> choice(final String... words) {
        return new Kind<>("one of " + String.join(", ", words),
            node -> node instanceof ScalarNode scalar && List.of(words).contains(scalar.getValue())
                ? scalar.getValue() : null);
    }

    /** Any text. */
    static Kind<String> text() {
        return new Kind<>("text", node -> node instanceof ScalarNode scalar ? scalar.getValue() : null);
    }

    /** Where to listen: an address and a port, or nothing. */
    static Kind<String> listen() {
        return new Kind<>("an address and a port, as 127.0.0.1:9738 or [::1]:9738, or empty",
            node -> node instanceof ScalarNode scalar && isListenAddress(scalar.getValue()) ? scalar.getValue() : null);
    }

    /** True for what {@link #listen()} takes. */
    public static boolean isListenAddress(final String text) {
        if (text.isEmpty()) {
            return true;
        }
        final Matcher matcher = LISTEN.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > 0xffff) {
            return false;
        }
        try {
            AddressText.parse(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            return true;
        } catch (final IllegalArgumentException e) {
            return false;
        }
    }

    /** Words and what they stand for. */
    static Kind<Map<String, String>> words() {
        return new Kind<>("words and what they stand for, as {NAME: value}",
            node -> node instanceof MappingNode mapping ? words(mapping) : null);
    }

    private static Map<String, String> words(final MappingNode mapping) {
        final Map<String, String> words = new LinkedHashMap<>();
        for (final NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)
                || !(tuple.getValueNode() instanceof ScalarNode value)) {
                return null;
            }
            words.put(name.getValue(), value.getValue());
        }
        return words;
    }

    /** Packages of weir and the level of their log. */
    static Kind<Map<String, String>> logLevels() {
        return new Kind<>("packages of weir, like output or cli.service, and their levels, as {output: debug}",
            node -> node instanceof MappingNode mapping ? logLevels(mapping) : null);
    }

    private static Map<String, String> logLevels(final MappingNode mapping) {
        final Map<String, String> levels = words(mapping);
        return levels != null && levels.keySet().stream().allMatch(name -> PACKAGE.matcher(name).matches())
            && List.of(LOG_LEVELS).containsAll(levels.values()) ? levels : null;
    }

    /** A list of texts, or a single one. */
    static Kind<List<String>> texts() {
        return new Kind<>("a list, as [eth0, eth1]", node -> list(node, element ->
            element instanceof ScalarNode scalar && !scalar.getValue().isBlank() ? scalar.getValue() : null));
    }

    /** Some of a few words, each once. */
    static Kind<List<String>> choices(final String... words) {
        return new Kind<>("a list of some of " + String.join(", ", words), node -> list(node, element ->
            element instanceof ScalarNode scalar && List.of(words).contains(scalar.getValue())
                ? scalar.getValue() : null));
    }

    /** A list of whole numbers within bounds, or a single one. */
    static Kind<List<Integer>> integers(final int least, final int most) {
        return new Kind<>("a list of whole numbers from " + least + " to " + most + ", as [2, 3]",
            node -> list(node, element -> integer(element, least, most)));
    }

    /** Networks and the overlap policy of their hosts. */
    static Kind<Map<String, OverlapPolicy>> overlapPolicies() {
        return new Kind<>("networks and their policies, as {10.0.0.0/8: windows, 2001:db8::/32: bsd}; policies are "
            + Arrays.stream(OverlapPolicy.values()).map(OverlapPolicy::label).collect(Collectors.joining(", ")),
            node -> node instanceof MappingNode mapping ? policies(mapping) : null);
    }

    private static Map<String, OverlapPolicy> policies(final MappingNode mapping) {
        final Map<String, OverlapPolicy> policies = new LinkedHashMap<>();
        TargetPolicies checked = TargetPolicies.of(OverlapPolicy.LINUX);
        for (final NodeTuple tuple : mapping.getValue()) {
            final OverlapPolicy policy = tuple.getValueNode() instanceof ScalarNode word
                ? policy(word.getValue()) : null;
            if (policy == null || !(tuple.getKeyNode() instanceof ScalarNode network)) {
                return null;
            }
            try {
                checked = checked.with(network.getValue(), policy);
            } catch (final IllegalArgumentException e) {
                return null;
            }
            policies.put(network.getValue(), policy);
        }
        return policies;
    }

    private static OverlapPolicy policy(final String label) {
        return Arrays.stream(OverlapPolicy.values()).filter(policy -> policy.label().equals(label)).findFirst()
            .orElse(null);
    }

    /** An overlap policy. */
    static Kind<OverlapPolicy> overlapPolicy() {
        return new Kind<>("one of "
            + Arrays.stream(OverlapPolicy.values()).map(OverlapPolicy::label).collect(Collectors.joining(", ")),
            node -> node instanceof ScalarNode scalar ? policy(scalar.getValue()) : null);
    }

    private static <E> List<E> list(final Node node, final Function<Node, E> reader) {
        final List<Node> elements = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
        final List<E> values = new ArrayList<>();
        for (final Node element : elements) {
            final E value = reader.apply(element);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return List.copyOf(values);
    }

    private static String bytesText(final long bytes) {
        final String[] units = {" B", " KiB", " MiB", " GiB", " TiB"};
        long rest = bytes;
        int unit = 0;
        while (rest >= 1024 && rest % 1024 == 0 && unit < units.length - 1) {
            rest /= 1024;
            unit++;
        }
        return rest + units[unit];
    }

    private static String durationText(final long ns) {
        return ns >= 3_600_000_000_000L && ns % 3_600_000_000_000L == 0 ? ns / 3_600_000_000_000L + " h"
            : ns >= 1_000_000_000L ? ns / 1_000_000_000L + " s" : ns / 1_000_000L + " ms";
    }
}
