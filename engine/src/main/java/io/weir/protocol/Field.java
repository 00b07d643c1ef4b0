package io.weir.protocol;

/**
 * A word of the one vocabulary of weir: what parsers tell, records print, rules match and listings show. Immutable but
 * for its number, which the catalogue gives once.
 */
public final class Field {
    private final String name;
    private final String key;
    private final FieldType type;
    private final boolean repeated;
    private final boolean inspected;
    private final String sentence;
    private final boolean optional;
    private final long most;
    private int id = -1;

    private Field(final String name, final FieldType type, final boolean repeated, final boolean inspected,
        final String sentence) {
        this.name = name;
        this.key = name.substring(name.lastIndexOf('.') + 1);
        this.type = type;
        this.repeated = repeated;
        this.inspected = inspected;
        this.sentence = sentence;
        this.optional = false;
        this.most = Long.MAX_VALUE;
    }

    private Field(final Field of, final String key, final boolean optional, final long most) {
        this.name = of.name;
        this.key = key;
        this.type = of.type;
        this.repeated = of.repeated;
        this.inspected = of.inspected;
        this.sentence = of.sentence;
        this.optional = optional;
        this.most = most;
    }

    /**
     * A field that a transaction has once.
     *
     * @param name     in the vocabulary, like {@code tls.sni}; its last part is the key in records
     * @param sentence what it is
     */
    public static Field of(final String name, final FieldType type, final String sentence) {
        return new Field(name, type, false, false, sentence);
    }

    /** A field that a transaction may have several times; records write it as an array. */
    public static Field listOf(final String name, final FieldType type, final String sentence) {
        return new Field(name, type, true, false, sentence);
    }

    /**
     * Bytes that rules may ask for and no record has, such as raw headers or a body: told through
     * {@link Transaction#inspected}, and only if {@link FlowContext#wants somebody asks}. A side may have several.
     */
    public static Field inspected(final String name, final String sentence) {
        return inspected(name, FieldType.TEXT, sentence);
    }

    /** The same of another type. */
    public static Field inspected(final String name, final FieldType type, final String sentence) {
        return new Field(name, type, true, true, sentence);
    }

    /** The same field with another key in records. */
    public Field as(final String recordKey) {
        return new Field(this, recordKey, optional, most);
    }

    /** The same field, told only where somebody asked for it: see {@link FlowContext#wants}. */
    public Field optional() {
        return new Field(this, key, true, most);
    }

    /** The same field, a number from 0 to {@code greatest}: rules that ask for another one never match. */
    public Field upTo(final long greatest) {
        return new Field(this, key, optional, greatest);
    }

    /** Name in the vocabulary. */
    public String name() {
        return name;
    }

    /** Key in records. */
    public String key() {
        return key;
    }

    /** What it holds. */
    public FieldType type() {
        return type;
    }

    /** True if records write an array of it. */
    public boolean isRepeated() {
        return repeated;
    }

    /** True if no record has it: only rules ask for it. */
    public boolean isInspected() {
        return inspected;
    }

    /** What it is, in one sentence. */
    public String sentence() {
        return sentence;
    }

    /** True if it is told only where somebody asked for it. */
    public boolean isOptional() {
        return optional;
    }

    /** The greatest value of a number that is none below 0; the greatest of all if it has no such bound. */
    public long most() {
        return most;
    }

    /** Number in this process, from 0, without holes. */
    public int id() {
        return id;
    }

    /** Gives the number, unless it has one: protocols may share fields. */
    boolean number(final int value) {
        if (id >= 0) {
            return false;
        }
        id = value;
        return true;
    }

    @Override
    public String toString() {
        return name;
    }
}
