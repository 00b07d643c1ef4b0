package io.weir.capture.pfring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A library with the functions of libpfring over packet sockets, compiled from native/test/standin_pfring.c. */
public final class StandIn {
    private static Path library;

    private StandIn() {
    }

    /** Path of the library; skips the test, loudly, where there is no C compiler. */
    public static synchronized String library() {
        if (library == null) {
            library = build();
        }
        return library.toString();
    }

    private static Path build() {
        try {
            final Path directory = Files.createTempDirectory("weir-standin-");
            final Path file = directory.resolve("libpfring.so");
            file.toFile().deleteOnExit();
            directory.toFile().deleteOnExit();
            final Path module = Path.of("").toAbsolutePath().resolveSibling("native");
            final List<String> command = new ArrayList<>(List.of("cc", "-std=c11", "-D_GNU_SOURCE", "-O1", "-shared",
                "-fPIC", "-I" + module.resolve("src"), "-o", file.toString(),
                module.resolve("test/standin_pfring.c").toString()));
            final Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
            final String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, compiler.waitFor(), said);
            return file;
        } catch (final IOException e) {
            System.err.println("SKIPPED, PF_RING IS NOT TESTED: there is no C compiler: " + e.getMessage());
            assumeTrue(false, "no C compiler: " + e.getMessage());
            throw new AssertionError(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
