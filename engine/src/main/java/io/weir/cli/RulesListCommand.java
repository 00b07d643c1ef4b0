package io.weir.cli;

import io.weir.output.PrintableText;
import io.weir.rule.model.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir rules list}: prints the rules that files hold. */
@Command(
    name = "list",
    header = "List the rules that are loaded.",
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir rules list rules/",
        "  weir rules list --json emerging.rules"
    })
final class RulesListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RuleOptions options;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final List<Rule> rules = options.load().rules();
        if (options.json()) {
            for (final Rule rule : rules) {
                out.println(toJson(rule));
            }
        } else {
            final Columns columns = new Columns("ID", "REV", "ACTION", "SEVERITY", "TRAFFIC", "PLACE", "MESSAGE");
            for (final Rule rule : rules) {
                columns.row(rule.id().toString(), Integer.toString(rule.id().revision()), rule.action().word(),
                    Integer.toString(rule.metadata().severity()), rule.header().traffic().word(),
                    PrintableText.of(rule.origin().file() + ":" + rule.origin().line()),
                    PrintableText.of(rule.metadata().message()));
            }
            columns.print(out);
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private static String toJson(final Rule rule) throws IOException {
        return JsonLine.of(json -> {
            json.writeNumberField("gid", rule.id().generator());
            json.writeNumberField("id", rule.id().signature());
            json.writeNumberField("rev", rule.id().revision());
            json.writeStringField("action", rule.action().word());
            json.writeStringField("message", rule.metadata().message());
            json.writeStringField("class", rule.metadata().classType());
            json.writeNumberField("severity", rule.metadata().severity());
            json.writeStringField("traffic", rule.header().traffic().word());
            json.writeStringField("file", rule.origin().file());
            json.writeNumberField("line", rule.origin().line());
            json.writeObjectFieldStart("metadata");
            for (final Map.Entry<String, List<String>> entry : rule.metadata().entries().entrySet()) {
                json.writeFieldName(entry.getKey());
                json.writeArray(entry.getValue().toArray(String[]::new), 0, entry.getValue().size());
            }
            json.writeEndObject();
        });
    }
}
