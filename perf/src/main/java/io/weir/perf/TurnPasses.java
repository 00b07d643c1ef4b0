package io.weir.perf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Passes on demand, for {@link Turns}: {@code TurnPasses MODE TRACE} makes one pass for each line of its standard input
 * and answers with the frames and the CPU time in ns.
 */
public final class TurnPasses {
    private TurnPasses() {
    }

    /** Makes passes until its input ends. */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            System.err.println("usage: TurnPasses " + Pass.NAMES + " TRACE");
            System.exit(2);
        }
        final Path trace = Path.of(arguments[1]);
        final BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (asked.readLine() != null) {
            final Measured pass = Measured.of(Pass.named(arguments[0]), trace, 1, 0);
            System.out.println(pass.passed() + " " + pass.cpuNs());
            System.out.flush();
        }
    }
}
