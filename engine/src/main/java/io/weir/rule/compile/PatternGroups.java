package io.weir.rule.compile;

import io.weir.rule.pattern.PatternDatabase;
import io.weir.rule.pattern.PatternLibrary;
import io.weir.rule.pattern.PatternSet;
import io.weir.rule.pattern.ScanMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes the pattern groups of a rule set; groups of the same rules are one. One thread. */
final class PatternGroups {
    /**
     * A rule with what makes it a candidate.
     *
     * @param triggers null for always
     * @param about    what it is a candidate for
     */
    record Entry(int rule, List<Trigger> triggers, About about) {
        Entry(final int rule, final List<Trigger> triggers) {
            this(rule, triggers, About.WHOLE);
        }
    }

    /** What a rule is a candidate for, where one of its patterns is found. */
    enum About {
        /** What is scanned. */
        WHOLE,
        /** The last segment of the stream that is scanned. */
        SEGMENT,
        /** Both. */
        BOTH,
        /** No rule: what is found says that messages are not to be passed over. */
        GATE
    }

    /** What a group waits for. */
    private record Pending(PatternGroup group, PatternSet set) {
    }

    private record Key(List<Entry> entries, boolean bounded) {
    }

    private final PatternLibrary library;
    private final Map<Key, PatternGroup> made = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private final List<PatternDatabase> databases = new ArrayList<>();

    PatternGroups(final PatternLibrary library) {
        this.library = library;
    }

    /**
     * The group of some rules, in ascending order; null if there are none.
     *
     * @param bounded true if offsets are counted from the beginning of what is scanned
     */
    PatternGroup of(final List<Entry> entries, final boolean bounded) {
        return entries.isEmpty() ? null
            : made.computeIfAbsent(new Key(List.copyOf(entries), bounded), key -> make(entries, bounded));
    }

    private PatternGroup make(final List<Entry> entries, final boolean bounded) {
        final PatternSet set = new PatternSet();
        final List<List<Integer>> rules = new ArrayList<>();
        final List<List<Integer>> ofSegments = new ArrayList<>();
        final List<Integer> always = new ArrayList<>();
        final BitSet gates = new BitSet();
        int reach = 0;
        int shortest = Integer.MAX_VALUE;
        for (final Entry entry : entries) {
            if (entry.triggers() == null) {
                always.add(entry.rule());
                continue;
            }
            for (final Trigger trigger : entry.triggers()) {
                if (trigger.pattern() == null) {
                    addOnce(always, entry.rule());
                    continue;
                }
                final int pattern = bounded
                    ? set.add(trigger.pattern(), trigger.noCase(), trigger.earliest(), trigger.latest())
                    : set.add(trigger.pattern(), trigger.noCase());
                shortest = Math.min(shortest, trigger.pattern().length);
                reach = Math.max(reach, bounded ? trigger.latest() : Integer.MAX_VALUE);
                while (rules.size() <= pattern) {
                    rules.add(new ArrayList<>());
                    ofSegments.add(new ArrayList<>());
                }
                switch (entry.about()) {
                    case WHOLE -> addOnce(rules.get(pattern), entry.rule());
                    case SEGMENT -> addOnce(ofSegments.get(pattern), entry.rule());
                    case BOTH -> {
                        addOnce(rules.get(pattern), entry.rule());
                        addOnce(ofSegments.get(pattern), entry.rule());
                    }
                    case GATE -> gates.set(pattern);
                }
            }
        }
        final PatternGroup group = new PatternGroup(arrays(rules),
            ofSegments.stream().allMatch(List::isEmpty) ? null : arrays(ofSegments), array(always), gates, reach,
            shortest);
        if (set.size() > 0) {
            pending.add(new Pending(group, set));
        }
        return group;
    }

    /**
     * Makes the databases of all groups, on as many threads as there are CPUs: most of the time of loading goes by
     * here. The threads have the priority of the one that calls.
     *
     * @throws io.weir.rule.pattern.PatternException if the library refuses one; {@link #databases} has the others
     */
    void compile() {
        if (pending.isEmpty()) {
            return;
        }
        final ExecutorService threads = Executors.newFixedThreadPool(
            Math.min(Runtime.getRuntime().availableProcessors(), pending.size()), PatternGroups::thread);
        final List<CompletableFuture<PatternDatabase>> compiled = new ArrayList<>();
        for (final Pending one : pending) {
            compiled.add(CompletableFuture.supplyAsync(() -> library.compile(one.set(), ScanMode.BLOCK), threads));
        }
        threads.shutdown();
        CompletionException failure = null;
        for (int i = 0; i < compiled.size(); i++) {
            try {
                final PatternDatabase database = compiled.get(i).join();
                databases.add(database);
                pending.get(i).group().database(database);
            } catch (final CompletionException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    private static Thread thread(final Runnable task) {
        final Thread thread = new Thread(task, "weir-compile");
        thread.setDaemon(true);
        return thread;
    }

    private static int[][] arrays(final List<List<Integer>> lists) {
        return lists.stream().map(PatternGroups::array).toArray(int[][]::new);
    }

    private static void addOnce(final List<Integer> list, final int rule) {
        if (list.isEmpty() || list.get(list.size() - 1) != rule) {
            list.add(rule);
        }
    }

    static int[] array(final List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** All databases; whoever takes them closes them. */
    List<PatternDatabase> databases() {
        return databases;
    }

    long heapBytes() {
        return made.values().stream().mapToLong(PatternGroup::heapBytes).sum();
    }
}
