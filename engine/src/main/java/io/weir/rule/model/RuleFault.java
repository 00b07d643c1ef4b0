package io.weir.rule.model;

/**
 * Something wrong with a rule file.
 *
 * @param file     as it was named
 * @param line     from 1
 * @param column   from 1
 * @param severity what it means for the rule
 * @param keyword  keyword it is about, or an empty string
 * @param sentence what is wrong
 * @param nearest  word that was probably meant, or null
 */
public record RuleFault(String file, int line, int column, Severity severity, String keyword, String sentence,
    String nearest) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + severity.word() + ": " + sentence
            + (nearest == null ? "" : "; did you mean '" + nearest + "'?");
    }
}
