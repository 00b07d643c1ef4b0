package io.weir.rule.pattern;

/** The automaton in Java, which is always there. */
final class AhoCorasickLibrary implements PatternLibrary {
    static final AhoCorasickLibrary INSTANCE = new AhoCorasickLibrary();

    private AhoCorasickLibrary() {
    }

    @Override
    public String description() {
        return "Aho-Corasick in Java";
    }

    @Override
    public PatternDatabase compile(final PatternSet set, final ScanMode mode) {
        set.requireSome();
        return new AhoCorasickDatabase(this, mode, set);
    }

    @Override
    public PatternScanner scanner() {
        return new AhoCorasickScanner(this);
    }

    @Override
    public PatternStreams streams(final PatternDatabase database, final int limit) {
        return new AhoCorasickStreams((AhoCorasickDatabase) database, limit);
    }
}
