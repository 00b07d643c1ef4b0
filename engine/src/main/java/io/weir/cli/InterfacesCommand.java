package io.weir.cli;

import io.weir.capture.NetworkInterfaces;
import io.weir.capture.live.BackEndChoice;
import io.weir.capture.live.FanOutCapture;
import io.weir.capture.pfring.PfRingContext;
import io.weir.output.PrintableText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir interfaces}: what can be captured from. */
@Command(
    name = "interfaces",
    mixinStandardHelpOptions = true,
    header = "List interfaces and whether they can be captured from.",
    description = {
        "",
        "CAPTURE names the back end that is taken unless capture.backend names another; --json has the reasons.",
        "HURTS names the offloads that merge frames before they are captured, so that their sizes and counts are not "
            + "those of the wire.",
        ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir interfaces                     a table",
        "  weir interfaces --json              one JSON object per line",
        "  sudo ethtool -K eth0 gro off lro off"
    })
final class InterfacesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object per interface.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        final List<NetworkInterfaces.Entry> entries = NetworkInterfaces.list();
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            for (final NetworkInterfaces.Entry entry : entries) {
                out.println(toJson(entry));
            }
        } else {
            print(entries, out);
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private static void print(final List<NetworkInterfaces.Entry> entries, final PrintWriter out) {
        final Columns columns = new Columns("NAME", "STATE", "MTU", "DRIVER", "CAPTURE", "HURTS", "ADDRESSES");
        for (final NetworkInterfaces.Entry entry : entries) {
            columns.row(PrintableText.of(entry.name()), state(entry), Integer.toString(entry.mtu()),
                entry.driver().isEmpty() ? "-" : PrintableText.of(entry.driver()),
                entry.capture().isEmpty() ? choice(entry).backEnd().word() : entry.capture(), hurts(entry, ","),
                entry.addresses().isEmpty() ? "-" : String.join(" ", entry.addresses()));
        }
        columns.print(out);
    }

    /** What {@code capture.backend: auto} takes, with the other settings at their defaults. */
    private static BackEndChoice choice(final NetworkInterfaces.Entry entry) {
        return BackEndChoice.of(entry, true, PfRingContext.LIBRARY);
    }

    private static String state(final NetworkInterfaces.Entry entry) {
        if (!entry.up()) {
            return "down";
        }
        return entry.running() ? "up" : "no carrier";
    }

    private static String hurts(final NetworkInterfaces.Entry entry, final String separator) {
        final String hurts = entry.offloads().stream().filter(NetworkInterfaces.Offload::isHurtful)
            .map(NetworkInterfaces.Offload::label).collect(Collectors.joining(separator));
        return hurts.isEmpty() ? "-" : hurts;
    }

    private static String toJson(final NetworkInterfaces.Entry entry) throws IOException {
        return JsonLine.of(generator -> {
            generator.writeStringField("name", entry.name());
            generator.writeNumberField("index", entry.index());
            generator.writeStringField("state", state(entry));
            generator.writeBooleanField("loopback", entry.loopback());
            generator.writeNumberField("mtu", entry.mtu());
            generator.writeStringField("mac", entry.mac());
            generator.writeStringField("driver", entry.driver());
            generator.writeNumberField("link_type", entry.linkType());
            generator.writeNumberField("queues", FanOutCapture.queueCount(entry.name()));
            generator.writeArrayFieldStart("addresses");
            for (final String address : entry.addresses()) {
                generator.writeString(address);
            }
            generator.writeEndArray();
            generator.writeObjectFieldStart("offloads");
            for (final NetworkInterfaces.Offload offload : NetworkInterfaces.Offload.values()) {
                generator.writeBooleanField(offload.label(), entry.offloads().contains(offload));
            }
            generator.writeEndObject();
            generator.writeArrayFieldStart("hurts");
            for (final NetworkInterfaces.Offload offload : entry.offloads()) {
                if (offload.isHurtful()) {
                    generator.writeString(offload.label());
                }
            }
            generator.writeEndArray();
            generator.writeObjectFieldStart("backends");
            final BackEndChoice choice = choice(entry);
            for (final BackEndChoice.Judgement judgement : choice.judgements()) {
                generator.writeObjectFieldStart(judgement.backEnd().word());
                generator.writeBooleanField("works", judgement.works());
                generator.writeStringField("reason", judgement.reason());
                generator.writeEndObject();
            }
            generator.writeEndObject();
            if (entry.capture().isEmpty()) {
                generator.writeStringField("choice", choice.backEnd().word());
                generator.writeStringField("choice_reason", choice.why());
            }
        });
    }
}
