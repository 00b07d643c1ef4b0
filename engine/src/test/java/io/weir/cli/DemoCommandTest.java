package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.weir.cli.demo.VirtualWire;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the demo as a user does, in a process of its own. */
final class DemoCommandTest {
    @TempDir
    private Path directory;

    @Test
    void shouldMakeTheSameFlowsLiveAsFromTheFile() throws IOException, InterruptedException {
        assumeFalse(VirtualWire.privateNetwork().isEmpty(),
            "SKIPPED: no privilege to make a network namespace, the live demo was not tested");
        final Path live = directory.resolve("live");
        final String said = demo(System.getenv("PATH"), 0, "-o", live.toString());
        assertTrue(said.contains("every frame is accounted for"), said);

        final Path file = directory.resolve("file");
        demo(pathWithoutPrivilege(), 0, "-o", file.toString());
        assertTrue(flows(live) > 500, said);
        assertEquals(flows(file), flows(live));
    }

    @Test
    void shouldSayWhatIsMissingAndReadTheFileWithoutPrivilege() throws IOException, InterruptedException {
        final String said = demo(pathWithoutPrivilege(), 0, "-o", directory.toString());
        assertTrue(said.contains("weir: no virtual wire can be made here"), said);
        assertTrue(Files.size(directory.resolve("summary.json")) > 0);
        assertTrue(flows(directory) > 500, said);
    }

    @Test
    void shouldSaveTheTrafficOnceAndNotOverwriteIt() throws IOException, InterruptedException {
        final Path capture = directory.resolve("demo.pcapng");
        demo(System.getenv("PATH"), 0, "--save", capture.toString());
        assertTrue(Files.size(capture) > 100_000);
        final String said = demo(System.getenv("PATH"), 2, "--save", capture.toString());
        assertTrue(said.startsWith("weir: " + capture + " exists already"), said);
        assertFalse(said.contains("\tat "), said);
    }

    /** A PATH on which nobody may make a namespace. */
    private String pathWithoutPrivilege() throws IOException {
        final Path unshare = directory.resolve("unshare");
        Files.writeString(unshare, "#!/bin/sh\necho 'unshare: unshare failed: Operation not permitted' >&2\nexit 1\n");
        assertTrue(unshare.toFile().setExecutable(true));
        return directory + File.pathSeparator + System.getenv("PATH");
    }

    private static String demo(final String path, final int status, final String... arguments)
        throws IOException, InterruptedException {
        final List<String> command = Outside.weir("demo");
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", path);
        final Process process = builder.start();
        process.getOutputStream().close();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the demo did not end");
        assertEquals(status, process.exitValue(), said);
        return said;
    }

    private static long flows(final Path records) throws IOException {
        return Files.readAllLines(records.resolve("eve.json")).stream()
            .filter(line -> line.contains("\"event_type\":\"flow\"")).count();
    }
}
