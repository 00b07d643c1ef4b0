package io.weir.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two virtual Ethernet interfaces with a wire between them, in a network namespace of their own. The namespace has no
 * name: the kernel takes it and the wire away when the last process in it ends, however that comes about.
 */
public final class VirtualWire {
    /** The end that frames are sent into. */
    public static final String SENDING_END = "weir-in";
    /** The end that frames are captured on. */
    public static final String CAPTURING_END = "weir-out";

    private static final List<String> SYSTEM_DIRECTORIES = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");
    private static final long PATIENCE_SECONDS = 10;

    private VirtualWire() {
    }

    /**
     * Finds out how a private network namespace can be had: as root, else in a user namespace.
     *
     * @return the words to put before a command that shall run in one, or an empty list if this user may not
     */
    public static List<String> privateNetwork() throws InterruptedException {
        final List<String> asRoot = List.of(program("unshare"), "--net", "--");
        final List<String> asUser = List.of(program("unshare"), "--user", "--map-root-user", "--net", "--");
        for (final List<String> prefix : List.of(asRoot, asUser)) {
            final List<String> trial = new ArrayList<>(prefix);
            trial.addAll(
                List.of(program("ip"), "link", "add", SENDING_END, "type", "veth", "peer", "name", CAPTURING_END));
            if (run(trial).isEmpty()) {
                return prefix;
            }
        }
        return List.of();
    }

    /**
     * Makes the wire in the network namespace of this process. The kernel itself stays silent on it: no addresses, no
     * ARP.
     *
     * @throws IOException saying which command failed and why
     */
    public static void create() throws IOException, InterruptedException {
        final String ip = program("ip");
        must(List.of(ip, "link", "add", SENDING_END, "type", "veth", "peer", "name", CAPTURING_END));
        for (final String end : List.of(SENDING_END, CAPTURING_END)) {
            must(List.of(ip, "link", "set", "dev", end, "addrgenmode", "none", "arp", "off", "up"));
        }
    }

    private static void must(final List<String> command) throws IOException, InterruptedException {
        final String fault = run(command);
        if (!fault.isEmpty()) {
            throw new IOException("'" + String.join(" ", command) + "' failed: " + fault);
        }
    }

    /** Runs a command; an empty string if it succeeded, else what it said. */
    private static String run(final List<String> command) throws InterruptedException {
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "no answer within " + PATIENCE_SECONDS + " s";
            }
            return process.exitValue() == 0 ? "" : said.isEmpty() ? "exit status " + process.exitValue() : said;
        } catch (final IOException e) {
            return e.getMessage();
        }
    }

    /** The full name of a system program: /usr/sbin is not on every user's PATH. */
    private static String program(final String name) {
        final String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), SYSTEM_DIRECTORIES.stream())
            .filter(directory -> !directory.isEmpty()).map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable).map(Path::toString).findFirst().orElse(name);
    }
}
