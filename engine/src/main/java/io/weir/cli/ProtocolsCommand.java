package io.weir.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.packet.TunnelType;
import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;
import io.weir.protocol.catalogue.Protocols;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir protocols}: what is recognised, and which fields are read. */
@Command(
    name = "protocols",
    mixinStandardHelpOptions = true,
    header = "List every protocol, its records, its fields and their types, and every tunnel.",
    description = {
        "",
        "NAME is what records call a protocol: app_proto, and weir.protocols of flows. TCP, UDP and SCTP are usual "
            + "ports, not where it is looked for: that is everywhere, but for UDP ports with a star, where alone such "
            + "datagrams count. RECORDS are the event types that its parser writes.",
        "Tunnels stand below: those that are looked through, behind which IP protocols and on which UDP ports. Flows "
            + "inside name them in weir.tunnels.",
        "FIELD is a word of the vocabulary; its last part is the key in records. Records are EVE's; what its schema "
            + "has no place for stands in their object weir. Optional fields are told only where the configuration "
            + "names them (protocols.fields).",
        ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir protocols                      a table",
        "  weir protocols --fields             every field with its type and meaning",
        "  weir protocols --fields --json      one JSON object per protocol, with its fields, and per tunnel"
    })
final class ProtocolsCommand implements Callable<Integer> {
    private static final List<TunnelType> TUNNELS =
        Arrays.stream(TunnelType.values()).filter(tunnel -> tunnel != TunnelType.NONE).toList();

    @Spec
    private CommandSpec spec;

    @Option(names = "--fields", description = "List the fields of the protocols.")
    private boolean fields;

    @Option(names = "--json", description = "Print one JSON object per protocol and tunnel.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        final List<Protocol> protocols =
            Protocols.all().stream().sorted(Comparator.comparing(Protocol::name)).toList();
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            for (final Protocol protocol : protocols) {
                out.println(toJson(protocol));
            }
            for (final TunnelType tunnel : TUNNELS) {
                out.println(toJson(tunnel));
            }
        } else if (fields) {
            printFields(protocols, out);
        } else {
            print(protocols, out);
            out.println();
            printTunnels(out);
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private static void print(final List<Protocol> protocols, final PrintWriter out) {
        final Columns columns = new Columns("NAME", "TCP", "UDP", "SCTP", "RECORDS", "FIELDS", "TITLE");
        for (final Protocol protocol : protocols) {
            columns.row(protocol.name(), ports(protocol, false), ports(protocol, true), list(protocol.sctpPorts()),
                orDash(records(protocol).collect(Collectors.joining(","))),
                protocol.fields().isEmpty() ? "-" : Integer.toString(protocol.fields().size()), protocol.title());
        }
        columns.print(out);
    }

    private static void printTunnels(final PrintWriter out) {
        final Columns columns = new Columns("TUNNEL", "IP", "UDP", "TITLE");
        for (final TunnelType tunnel : TUNNELS) {
            columns.row(tunnel.label(), list(tunnel.ipProtocols()), list(tunnel.udpPorts()), tunnel.title());
        }
        columns.print(out);
    }

    private static void printFields(final List<Protocol> protocols, final PrintWriter out) {
        final Columns columns = new Columns("PROTOCOL", "FIELD", "TYPE", "MEANING");
        for (final Protocol protocol : protocols) {
            for (final Field field : protocol.fields()) {
                columns.row(protocol.name(), field.name(),
                    (field.isRepeated() ? "list of " : "") + field.type().label()
                        + (field.isOptional() ? ", optional" : ""), field.sentence());
            }
        }
        columns.print(out);
    }

    private static Stream<String> records(final Protocol protocol) {
        return protocol.records().stream().map(RecordType::eventType).distinct();
    }

    private static String ports(final Protocol protocol, final boolean udp) {
        return list(protocol.ports(udp), protocol.isOnlyOnPorts(udp) ? "*" : "");
    }

    private static String list(final int[] numbers) {
        return list(numbers, "");
    }

    private static String list(final int[] numbers, final String mark) {
        return orDash(Arrays.stream(numbers).mapToObj(number -> number + mark).collect(Collectors.joining(",")));
    }

    private static String orDash(final String text) {
        return text.isEmpty() ? "-" : text;
    }

    private String toJson(final Protocol protocol) throws IOException {
        return JsonLine.of(generator -> {
            generator.writeStringField("name", protocol.name());
            generator.writeStringField("title", protocol.title());
            numbers("tcp_ports", protocol.ports(false), generator);
            numbers("udp_ports", protocol.ports(true), generator);
            generator.writeBooleanField("only_on_udp_ports", protocol.isOnlyOnPorts(true));
            numbers("sctp_ports", protocol.sctpPorts(), generator);
            numbers("sctp_payloads", protocol.sctpPayloads(), generator);
            generator.writeBooleanField("encrypted", protocol.isEncrypted());
            generator.writeArrayFieldStart("records");
            for (final String record : records(protocol).toList()) {
                generator.writeString(record);
            }
            generator.writeEndArray();
            if (fields) {
                fields(protocol.fields(), generator);
            }
        });
    }

    private static String toJson(final TunnelType tunnel) throws IOException {
        return JsonLine.of(generator -> {
            generator.writeStringField("tunnel", tunnel.label());
            generator.writeStringField("title", tunnel.title());
            numbers("ip_protocols", tunnel.ipProtocols(), generator);
            numbers("udp_ports", tunnel.udpPorts(), generator);
        });
    }

    private static void numbers(final String name, final int[] values, final JsonGenerator generator)
        throws IOException {
        generator.writeFieldName(name);
        generator.writeArray(values, 0, values.length);
    }

    private static void fields(final List<Field> fields, final JsonGenerator generator) throws IOException {
        generator.writeArrayFieldStart("fields");
        for (final Field field : fields) {
            generator.writeStartObject();
            generator.writeStringField("name", field.name());
            generator.writeStringField("key", field.key());
            generator.writeStringField("type", field.type().label());
            generator.writeBooleanField("list", field.isRepeated());
            generator.writeBooleanField("optional", field.isOptional());
            generator.writeStringField("meaning", field.sentence());
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }
}
