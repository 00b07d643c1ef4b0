package io.weir.cli.doctor;

/** How much a finding matters. */
public enum Level {
    /** As it should be. */
    OK("ok"),
    /** Worth knowing; nothing has to be done. */
    NOTE("note"),
    /** Frames, times or speed suffer under load. */
    WARNING("warning"),
    /** What weir is asked for cannot work, or what it tells will be wrong. */
    PROBLEM("problem");

    private final String word;

    Level(final String word) {
        this.word = word;
    }

    /** As it is printed. */
    public String word() {
        return word;
    }

    /** True if something should be mended. */
    public boolean isFault() {
        return this == WARNING || this == PROBLEM;
    }
}
