package io.weir.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Collects what the checks find. One thread. */
public final class Findings {
    private final List<Finding> all = new ArrayList<>();
    private String topic = "";

    /** What follows belongs to this. */
    public Findings topic(final String name) {
        topic = name;
        return this;
    }

    /** As it should be. */
    public void ok(final String what) {
        all.add(new Finding(topic, Level.OK, what, "", ""));
    }

    /** Worth knowing. */
    public void note(final String what, final String why, final String command) {
        all.add(new Finding(topic, Level.NOTE, what, why, command));
    }

    /** Something suffers under load. */
    public void warning(final String what, final String why, final String command) {
        all.add(new Finding(topic, Level.WARNING, what, why, command));
    }

    /** Something cannot work, or gives wrong answers. */
    public void problem(final String what, final String why, final String command) {
        all.add(new Finding(topic, Level.PROBLEM, what, why, command));
    }

    /** All of them, in the order of the checks. */
    public List<Finding> all() {
        return List.copyOf(all);
    }

    /** How many are of this level. */
    public long count(final Level level) {
        return all.stream().filter(finding -> finding.level() == level).count();
    }
}
