package io.weir.cli;

import io.weir.rule.signature.Keyword;
import io.weir.rule.signature.Keywords;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir rules keywords}: prints what signatures may ask. */
@Command(
    name = "keywords",
    header = "List the keywords of signature files, and which are supported.",
    footerHeading = "%nExamples:%n",
    footer = {"  weir rules keywords", "  weir rules keywords --json"})
final class RulesKeywordsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "One JSON object for each line.")
    private boolean json;

    @SuppressWarnings("unused")
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final Columns columns = new Columns("KEYWORD", "SUPPORT", "MEANING");
        for (final Keyword keyword : Keywords.all()) {
            if (json) {
                out.println(toJson(keyword));
            } else {
                columns.row(keyword.name(), keyword.support().word(), keyword.sentence());
            }
        }
        if (!json) {
            columns.print(out);
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private static String toJson(final Keyword keyword) throws IOException {
        return JsonLine.of(generator -> {
            generator.writeStringField("keyword", keyword.name());
            generator.writeFieldName("aliases");
            generator.writeArray(keyword.aliases().toArray(String[]::new), 0, keyword.aliases().size());
            generator.writeStringField("support", keyword.support().word());
            generator.writeStringField("meaning", keyword.sentence());
        });
    }
}
