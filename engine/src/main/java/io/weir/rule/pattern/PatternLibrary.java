package io.weir.rule.pattern;

/**
 * What finds patterns: Hyperscan (or Vectorscan, its drop-in successor), or the Aho-Corasick automaton in Java. Chosen
 * once at start. Any thread; what it makes belongs to the caller.
 */
public interface PatternLibrary {
    /** What the configuration may ask for. */
    enum Choice {
        /** Hyperscan where it is installed, else Java. */
        AUTO,
        /** Hyperscan, or an error. */
        HYPERSCAN,
        /** Java, whatever is installed. */
        JAVA
    }

    /**
     * The library for a choice.
     *
     * @throws PatternException if Hyperscan is asked for and cannot be used here
     */
    static PatternLibrary choose(final Choice choice) {
        return switch (choice) {
            case HYPERSCAN -> HyperscanLibrary.load();
            case JAVA -> AhoCorasickLibrary.INSTANCE;
            case AUTO -> HyperscanLibrary.absence() == null ? HyperscanLibrary.load() : AhoCorasickLibrary.INSTANCE;
        };
    }

    /** Why Hyperscan cannot be used here, as one sentence with what to do; null if it can. */
    static String hyperscanAbsence() {
        return HyperscanLibrary.absence();
    }

    /** Name and version for people, such as {@code Hyperscan 5.4.0}. */
    String description();

    /**
     * Compiles a set. Takes seconds for ten thousand patterns in Hyperscan; not for the packet path.
     *
     * @throws PatternException         if the library refuses the set, with what it says
     * @throws IllegalArgumentException if the set is empty
     */
    PatternDatabase compile(PatternSet set, ScanMode mode);

    /** A scanner for one thread. */
    PatternScanner scanner();

    /**
     * Streams over one database, for one thread.
     *
     * @param database of this library, for {@link ScanMode#STREAM}
     * @param limit    most streams open at a time, at least 1
     */
    PatternStreams streams(PatternDatabase database, int limit);
}
