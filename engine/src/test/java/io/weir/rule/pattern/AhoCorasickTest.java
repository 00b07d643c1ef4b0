package io.weir.rule.pattern;

/** The automaton in Java. */
class AhoCorasickTest extends PatternConformance {
    @Override
    PatternLibrary library() {
        return PatternLibrary.choose(PatternLibrary.Choice.JAVA);
    }
}
