package io.weir.cli;

/** Ends a command with one line for the user and an exit status. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    /**
     * Makes the end of a command.
     *
     * @param exitStatus one of {@link ExitStatus}
     * @param message    what was wrong, where, and what to do
     */
    public CommandException(final int exitStatus, final String message) {
        super(message);
        this.exitStatus = exitStatus;
    }

    /** Wrong usage or configuration. */
    public static CommandException usage(final String message) {
        return new CommandException(ExitStatus.USAGE, message);
    }

    /** Device or privilege missing. */
    public static CommandException device(final String message) {
        return new CommandException(ExitStatus.DEVICE, message);
    }

    /** The status to exit with. */
    public int exitStatus() {
        return exitStatus;
    }
}
