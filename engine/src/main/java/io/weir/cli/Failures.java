package io.weir.cli;

import io.weir.base.Nearest;
import io.weir.capture.CaptureException;
import io.weir.output.PrintableText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns whatever ends a command early into a line on standard error and an exit status. With
 * {@code -Dweir.debug=true} the stack trace follows.
 */
final class Failures implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
    private final Runnable ended;

    /**
     * Makes a handler.
     *
     * @param ended runs before it says what ended the command
     */
    Failures(final Runnable ended) {
        this.ended = ended;
    }

    @Override
    public int handleParseException(final ParameterException exception, final String[] arguments) {
        ended.run();
        final CommandLine commandLine = exception.getCommandLine();
        final PrintWriter err = commandLine.getErr();
        err.println("weir: " + oneLine(exception.getMessage()) + suggestion(exception));
        err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
        debug(exception, err);
        return ExitStatus.USAGE;
    }

    @Override
    public int handleExecutionException(
        final Exception exception, final CommandLine commandLine, final ParseResult parseResult) {
        ended.run();
        final PrintWriter err = commandLine.getErr();
        if (exception instanceof ParameterException parameterException) {
            return handleParseException(parameterException, new String[0]);
        }
        message(exception).lines().forEach(line -> err.println("weir: " + PrintableText.of(line)));
        debug(exception, err);
        err.flush();
        return status(exception);
    }

    private static int status(final Exception exception) {
        if (exception instanceof CommandException commandException) {
            return commandException.exitStatus();
        }
        if (exception instanceof CaptureException captureException) {
            return switch (captureException.kind()) {
                case USAGE, BAD_FILTER, BAD_FILE -> ExitStatus.USAGE;
                case DEVICE_MISSING, PRIVILEGE_MISSING, RESOURCE -> ExitStatus.DEVICE;
            };
        }
        if (exception instanceof IOException || exception instanceof UncheckedIOException) {
            return ExitStatus.USAGE;
        }
        return ExitStatus.INTERNAL;
    }

    private static String message(final Exception exception) {
        if (exception instanceof CommandException) {
            return exception.getMessage();
        }
        final String message = oneLine(exception.getMessage());
        if (status(exception) == ExitStatus.INTERNAL) {
            return internal(exception, message);
        }
        return message;
    }

    /** What is said of a fault of our own. */
    static String internal(final Throwable fault, final String message) {
        return "internal fault: " + fault.getClass().getSimpleName() + ": " + message
            + " (JAVA_OPTS=-Dweir.debug=true shows where)";
    }

    private static String suggestion(final ParameterException exception) {
        if (!(exception instanceof UnmatchedArgumentException unmatched) || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        final String word = unmatched.getUnmatched().get(0);
        final CommandLine.Model.CommandSpec spec = exception.getCommandLine().getCommandSpec();
        final String nearest = word.startsWith("-")
            ? Nearest.of(word, spec.optionsMap().keySet())
            : Nearest.of(word, spec.subcommands().keySet());
        return nearest == null ? "" : "; did you mean '" + nearest + "'?";
    }

    private static String oneLine(final String message) {
        return message == null ? "no message" : PrintableText.of(message.strip().replaceAll("\\s*\\R\\s*", "; "));
    }

    /** Says where a fault came from, if somebody wants to know. */
    static void debug(final Throwable exception, final PrintWriter err) {
        if (Boolean.getBoolean("weir.debug")) {
            exception.printStackTrace(err);
        }
        err.flush();
    }
}
