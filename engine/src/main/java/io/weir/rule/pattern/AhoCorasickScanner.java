package io.weir.rule.pattern;

import io.weir.base.NativeLayout;
import org.agrona.UnsafeApi;

/** All pending jobs by the automaton, one after the other. */
final class AhoCorasickScanner extends PatternScanner {
    private final AhoCorasickDatabase[] databases = new AhoCorasickDatabase[MAX_JOBS];
    private final AutomatonSearch search = new AutomatonSearch();

    AhoCorasickScanner(final AhoCorasickLibrary library) {
        super(library);
    }

    @Override
    void fit(final PatternDatabase newDatabase) {
        // The automaton needs nothing of its own but the matches and marks every scanner has.
    }

    @Override
    void describe(final int number, final PatternDatabase jobDatabase, final PatternStreams streams, final int stream) {
        databases[number] = (AhoCorasickDatabase) jobDatabase;
        final long at = jobAddress(number);
        UnsafeApi.putLong(at + NativeLayout.JOB_STREAM,
            streams == null ? 0 : ((AhoCorasickStreams) streams).address(stream));
        UnsafeApi.putLong(at + NativeLayout.JOB_BASE, streams == null ? 0 : streams.offset(stream));
    }

    @Override
    int run(final int first, final int count) {
        final int generation = generations(count);
        search.begin(matchesAddress(), marksAddress(), 0);
        int done = 0;
        while (done < count && capacity() - search.found() >= databases[first + done].patterns()) {
            final int job = first + done;
            search.search(databases[job], jobAddress(job), job, generation + done);
            done++;
        }
        matchCount(search.found());
        return done;
    }
}
