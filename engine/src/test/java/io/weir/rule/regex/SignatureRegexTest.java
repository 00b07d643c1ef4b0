package io.weir.rule.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.SharedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every expression of public signatures. */
class SignatureRegexTest {
    private static final Pattern OPTION = Pattern.compile("pcre:\\s*!?\\s*\"/(.*?)/([A-Za-z]*)\"\\s*;");
    private static final String FLAGS = "[^ismxAEG]";

    @Test
    void shouldCompileTheExpressionsOfPublicSignatures() throws IOException {
        final List<Path> files = new ArrayList<>();
        for (final String folder : List.of("rules", "corpora/dev/expected")) {
            final Optional<Path> found = SharedFolder.find(folder);
            assumeTrue(found.isPresent(), "SKIPPED: no " + folder + " in a shared folder beside the checkout");
            try (Stream<Path> walk = Files.walk(found.get())) {
                walk.filter(file -> file.toString().endsWith(".rules")).forEach(files::add);
            }
        }
        final TreeSet<String> expressions = new TreeSet<>();
        for (final Path file : files) {
            final Matcher options = OPTION.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            while (options.find()) {
                expressions.add(options.group(2).replaceAll(FLAGS, "") + " " + options.group(1));
            }
        }
        final Map<String, String> refused = new TreeMap<>();
        int linear = 0;
        int withLiteral = 0;
        for (final String expression : expressions) {
            final int space = expression.indexOf(' ');
            try {
                final Regex regex = Regex.compile(expression.substring(space + 1), expression.substring(0, space));
                linear += regex.isLinear() ? 1 : 0;
                withLiteral += regex.requiredLiterals().isEmpty() ? 0 : 1;
            } catch (final RegexSyntaxException e) {
                refused.put(expression, e.position() + ": " + e.getMessage());
            }
        }
        assertTrue(expressions.size() > 300, "expressions: " + expressions.size());
        assertEquals(Map.of(), refused);
        assertTrue(linear > expressions.size() * 9 / 10, "linear: " + linear + " of " + expressions.size());
        assertTrue(withLiteral > expressions.size() * 3 / 4, "with a literal: " + withLiteral);
    }
}
