/**
 * Regular expressions over bytes, in the syntax of PCRE: what signatures are written in. Matching takes linear time or
 * ends at a limit, allocates nothing, and recurses nowhere.
 *
 * <p>{@link io.weir.rule.regex.Regex} is an expression, compiled once and shared by all threads;
 * {@link io.weir.rule.regex.RegexMatcher} holds the memory that matching takes, one for each thread.
 */
package io.weir.rule.regex;
