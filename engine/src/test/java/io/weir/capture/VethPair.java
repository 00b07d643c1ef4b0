package io.weir.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.base.Native;
import io.weir.base.NativeMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A virtual wire in a network namespace of its own: interfaces {@code weir0} and {@code weir1}, and a loopback one.
 * What runs {@link #inside} opens its sockets there, and sockets stay in the namespace they were opened in.
 */
public final class VethPair implements AutoCloseable {
    /** One end. */
    public static final String LEFT = "weir0";
    /** The other end. */
    public static final String RIGHT = "weir1";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final long TIME_LIMIT_S = 60;

    private final String namespace = "weir-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();

    private VethPair() {
    }

    /** Makes one with both ends up; the test is skipped, loudly, where the privilege is missing. */
    public static VethPair create() {
        final VethPair pair = new VethPair();
        assumePrivilege(pair.namespace);
        try {
            // Neighbour discovery would add frames that nobody sent.
            pair.shell("echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6;"
                + " echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6");
            pair.ip("link", "set", "lo", "up");
            pair.addVeth();
        } catch (final Throwable e) {
            pair.close();
            throw e;
        }
        return pair;
    }

    private static void assumePrivilege(final String namespace) {
        String refusal;
        try {
            final Result made = execute(List.of("ip", "netns", "add", namespace));
            refusal = made.status == 0 ? null : made.output;
        } catch (final IOException e) {
            refusal = e.getMessage();
        }
        if (refusal != null) {
            System.err.println("SKIPPED, NOTHING LIVE IS TESTED: no network namespace can be made: " + refusal);
        }
        assumeTrue(refusal == null, "no network namespace can be made: " + refusal);
    }

    /** Makes the veth pair (again) and sets both ends up. */
    public void addVeth() {
        ip("link", "add", LEFT, "type", "veth", "peer", "name", RIGHT);
        ip("link", "set", LEFT, "up");
        ip("link", "set", RIGHT, "up");
    }

    /** Makes the pair anew, with so many receive and transmit queues at each end. */
    public void queues(final int count) {
        ip("link", "del", LEFT);
        final String number = String.valueOf(count);
        ip("link", "add", LEFT, "numtxqueues", number, "numrxqueues", number, "type", "veth", "peer", "name", RIGHT,
            "numtxqueues", number, "numrxqueues", number);
        ip("link", "set", LEFT, "up");
        ip("link", "set", RIGHT, "up");
    }

    /** Waits until the kernel has noticed both carriers: before that it drops what is sent. */
    public void awaitCarrier() {
        awaitLinks(2, "state UP ");
    }

    /** Waits until the kernel has noticed that one end has lost its carrier, because the other is down. */
    public void awaitCarrierLost() {
        awaitLinks(1, "NO-CARRIER");
    }

    private void awaitLinks(final int count, final String pattern) {
        shell("for i in $(seq 1000); do"
            + " test $(ip -o link show up | grep -c 'weir[01].*" + pattern + "') = " + count
            + " && exit 0; done; exit 1");
    }

    /** Name of the namespace. */
    public String namespace() {
        return namespace;
    }

    /** Runs {@code ip} in the namespace; fails if that fails. */
    public void ip(final String... arguments) {
        final List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(arguments));
        require(command);
    }

    /** Runs a shell command in the namespace; fails if that fails. */
    public void shell(final String command) {
        require(List.of("ip", "netns", "exec", namespace, "sh", "-c", command));
    }

    private static void require(final List<String> command) {
        try {
            final Result result = execute(command);
            assertEquals(0, result.status, command + ": " + result.output);
        } catch (final IOException e) {
            fail(command.toString(), e);
        }
    }

    private record Result(int status, String output) {
    }

    private static Result execute(final List<String> command) throws IOException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            assertTrue(process.waitFor(TIME_LIMIT_S, TimeUnit.SECONDS), command + " did not end");
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
        return new Result(process.exitValue(), output);
    }

    /** Runs {@code body} on a new thread in the namespace and waits for it, at most a minute. */
    public <T> T inside(final Callable<T> body) {
        final FutureTask<T> task = new FutureTask<>(() -> {
            try (NativeMemory.Region path = Native.text("/run/netns/" + namespace)) {
                assertEquals(0, Native.library().enterNamespace(path.address()), "entering " + namespace);
            }
            return body.call();
        });
        final Thread thread = new Thread(task, namespace);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(TIME_LIMIT_S, TimeUnit.SECONDS);
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            return fail(e.getCause());
        } catch (final TimeoutException e) {
            final StringBuilder where = new StringBuilder("did not end within a minute; it was at");
            for (final StackTraceElement frame : thread.getStackTrace()) {
                where.append("\n  ").append(frame);
            }
            return fail(where.toString());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail(e);
        }
    }

    /** Something to run inside that gives nothing back. */
    @FunctionalInterface
    public interface Body {
        /** Does it. */
        void run() throws Exception;
    }

    /** Runs {@code body} as {@link #inside(Callable)} does. */
    public void run(final Body body) {
        inside(() -> {
            body.run();
            return null;
        });
    }

    @Override
    public void close() {
        require(List.of("ip", "netns", "del", namespace));
    }
}
