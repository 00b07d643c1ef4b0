package io.weir.cli.doctor;

import io.weir.rule.pattern.PatternLibrary;

/** What weir finds on the system when it runs: Java and a library for patterns. */
public final class LibraryCheck implements Check {
    @Override
    public void look(final Machine machine, final Plan plan, final Findings findings) {
        findings.topic("libraries");
        findings.ok("Java " + Runtime.version());
        final String absence = PatternLibrary.hyperscanAbsence();
        if (absence == null) {
            findings.ok(PatternLibrary.choose(PatternLibrary.Choice.AUTO).description());
        } else if ("hyperscan".equals(plan.matcher())) {
            findings.problem("rules.matcher asks for hyperscan, which is not here",
                "Rules cannot be loaded: " + absence, "sudo apt-get install libhyperscan5");
        } else {
            findings.note("no Hyperscan or Vectorscan: rules are matched by weir's own code",
                "The same results, but thousands of signatures cost more", "sudo apt-get install libhyperscan5");
        }
    }
}
