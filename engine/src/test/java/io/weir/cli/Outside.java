package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs and requests from outside of weir. What is called in a network namespace happens there. */
final class Outside {
    private static final int TIMEOUT_MS = 10_000;
    private static final long BOUND_S = 60;

    private Outside() {
    }

    /** What a server answered. */
    record Answer(int status, String body, HttpURLConnection connection) {
        String header(final String name) {
            return connection.getHeaderField(name);
        }
    }

    /** Skips the test, loudly, without this program. */
    static void assume(final String program) {
        final boolean there = Files.isExecutable(Path.of("/usr/bin", program));
        if (!there) {
            System.err.println("SKIPPED: there is no " + program);
        }
        assumeTrue(there, "there is no " + program);
    }

    /** The command that runs weir in a process of its own, with the flags of this one. */
    static List<String> weir(final String... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!flag.startsWith("-javaagent")) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Weir.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Asks by GET. */
    static Answer get(final String url) throws IOException {
        return ask(url, "GET");
    }

    /** Asks by any method. */
    static Answer ask(final String url, final String method) throws IOException {
        final HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        final int status = connection.getResponseCode();
        try (InputStream stream = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            final String body =
                stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(status, body, connection);
        }
    }

    /** Runs a program to its end, with this text as its input; answers its output. It must end with status 0. */
    static String run(final Path directory, final String input, final String... command) throws Exception {
        final Path in = Files.writeString(directory.resolve("input"), input);
        final Path out = directory.resolve("output");
        final Process process = new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true)
            .redirectInput(in.toFile()).redirectOutput(out.toFile()).start();
        try {
            assertTrue(process.waitFor(BOUND_S, TimeUnit.SECONDS), command[0] + " did not end");
            final String text = Files.readString(out);
            assertTrue(process.exitValue() == 0, command[0] + " ended with " + process.exitValue() + ": " + text);
            return text;
        } finally {
            process.destroyForcibly();
        }
    }
}
