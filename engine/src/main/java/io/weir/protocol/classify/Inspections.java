package io.weir.protocol.classify;

import io.weir.protocol.Parser;
import java.util.Arrays;

/** The inspections of one worker, found by number, made when first needed and used again. */
final class Inspections {
    private final ParserServices services;
    private final int most;
    private Inspection[] all = new Inspection[64];
    /** The parser of each, which can be fetched without waiting for the inspection. */
    private Parser[] parsers = new Parser[64];
    private int made;
    private int[] free = new int[64];
    private int freeCount;

    /**
     * Has none at first.
     *
     * @param most how many there may be
     */
    Inspections(final ParserServices services, final int most) {
        this.services = services;
        this.most = most;
    }

    /** The one with a number, which is in use. */
    Inspection get(final int number) {
        return all[number];
    }

    /** Notes the parser of the one with a number, or that it has none. */
    void parser(final int number, final Parser parser) {
        parsers[number] = parser;
    }

    /** Reads the first of the one with a number and of its parser, so that both are in the cache. */
    int touch(final int number) {
        final Parser parser = parsers[number];
        return all[number].touch() + (parser == null ? 0 : parser.touch());
    }

    /** One that is not in use, the one given back last if there is one, or null if there are too many. */
    Inspection take() {
        if (freeCount > 0) {
            return all[free[--freeCount]];
        }
        if (made == most) {
            return null;
        }
        made++;
        if (made == all.length) {
            all = Arrays.copyOf(all, 2 * made);
            parsers = Arrays.copyOf(parsers, 2 * made);
            free = Arrays.copyOf(free, 2 * made);
        }
        all[made] = new Inspection(services, made);
        return all[made];
    }

    /** Takes one back. */
    void giveBack(final Inspection over) {
        free[freeCount++] = over.number();
    }
}
