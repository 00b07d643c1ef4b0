package io.weir.rule.model;

/**
 * Where a rule is written.
 *
 * @param file   as it was named
 * @param line   from 1
 * @param column from 1
 * @param text   the rule as written, one line
 */
public record Origin(String file, int line, int column, String text) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
