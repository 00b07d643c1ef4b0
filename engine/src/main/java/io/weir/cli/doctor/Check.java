package io.weir.cli.doctor;

/** One family of checks. It reads, changes nothing, and says what it finds. */
public interface Check {
    /** Looks at a machine with a plan in mind. */
    void look(Machine machine, Plan plan, Findings findings);
}
