package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class WeirTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... arguments) {
        final CommandLine commandLine = Weir.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    @Test
    void shouldPrintHelpWithExamplesAndExitStatuses() {
        assertEquals(ExitStatus.DONE, run("--help"));
        assertTrue(out.toString().contains("Examples:"), out.toString());
        assertTrue(out.toString().contains("Exit status:"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void shouldPrintVersion() {
        assertEquals(ExitStatus.DONE, run("--version"));
        assertTrue(out.toString().startsWith("weir "), out.toString());
    }

    @Test
    void shouldRefuseToRunWithoutACommand() {
        assertEquals(ExitStatus.USAGE, run());
        assertTrue(err.toString().contains("no command given"), err.toString());
    }

    @Test
    void shouldRefuseAnUnknownOptionInOneLine() {
        assertEquals(ExitStatus.USAGE, run("--hlep"));
        assertTrue(err.toString().contains("did you mean '--help'?"), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
    }
}
