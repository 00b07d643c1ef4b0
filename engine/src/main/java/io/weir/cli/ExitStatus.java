package io.weir.cli;

/** Exit statuses of every command. */
public final class ExitStatus {
    /** Done. */
    public static final int DONE = 0;
    /** Done, but some input was damaged or something was lost; said on standard error, with counts. */
    public static final int IMPAIRED = 1;
    /** Wrong usage, configuration or rule. */
    public static final int USAGE = 2;
    /** Device or privilege missing. */
    public static final int DEVICE = 3;
    /** A fault in weir itself ({@code EX_SOFTWARE} of sysexits.h). */
    public static final int INTERNAL = 70;

    private ExitStatus() {
    }
}
