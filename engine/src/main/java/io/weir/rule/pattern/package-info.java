/**
 * Finds thousands of literals at once in bytes from the wire: the first filter of the rules.
 *
 * <p>{@link io.weir.rule.pattern.PatternSet} collects literals, a {@link io.weir.rule.pattern.PatternLibrary} compiles
 * them to a {@link io.weir.rule.pattern.PatternDatabase} that threads share, and each thread scans with a
 * {@link io.weir.rule.pattern.PatternScanner} of its own; what arrives in pieces has a place in
 * {@link io.weir.rule.pattern.PatternStreams}. Hyperscan (or Vectorscan, which is the same to a caller) does it where
 * it is installed, an Aho-Corasick automaton in Java elsewhere; both answer the same.
 */
package io.weir.rule.pattern;
