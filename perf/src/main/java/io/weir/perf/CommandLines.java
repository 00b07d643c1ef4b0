package io.weir.perf;

import io.weir.cli.Weir;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * Runs command lines of weir one after the other in one JVM: a thousand captures take a minute that way. Each line of
 * standard input is a command, its arguments separated by tabs; each is answered by a line with its status and what it
 * said on standard error, line feeds as {@code " | "}.
 */
public final class CommandLines {
    private CommandLines() {
    }

    /** Runs until standard input ends. */
    public static void main(final String[] arguments) throws IOException {
        System.setProperty("log4j2.shutdownHookEnabled", "false");
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            final StringWriter said = new StringWriter();
            final CommandLine weir = Weir.commandLine();
            weir.setErr(new PrintWriter(said, true));
            final int status = weir.execute(line.split("\t"));
            System.out.println(status + "\t" + said.toString().strip().replace("\n", " | "));
        }
    }
}
