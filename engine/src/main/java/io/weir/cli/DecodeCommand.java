package io.weir.cli;

import io.weir.capture.CaptureStatistics;
import io.weir.capture.FrameSource;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir decode}: prints frames layer by layer. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    header = "Print frames layer by layer.",
    description = {
        "",
        "Prints a summary line for each frame of a capture file or an interface, and a line for each of its layers. "
            + "With --json it prints one object per line, with fields named as in the RFCs.",
        ""
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir decode trace.pcapng                    every frame, layer by layer",
        "  weir decode -x -n 3 trace.pcap              the first three, with their bytes",
        "  weir decode --json -f 'udp port 53' trace.pcap | jq .layers",
        "  sudo weir decode -i eth0 -n 10"
    })
final class DecodeCommand implements Callable<Integer> {
    private static final long AWAIT_NS = 100_000_000L;
    private static final int RING_BLOCKS = 16;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Input input;

    @Option(names = {"-f", "--filter"}, paramLabel = "FILTER", defaultValue = "",
        description = "Only frames that match, in the language of pcap-filter(7).")
    private String filter;

    @Option(names = {"-n", "--count"}, paramLabel = "COUNT", defaultValue = "-1",
        description = "Stop after so many frames.")
    private long count;

    @Option(names = {"-x", "--hex"}, description = "Print the bytes as well.")
    private boolean hexDump;

    @Option(names = "--json", description = "One JSON object per line.")
    private boolean json;

    /** Where frames come from. */
    private static final class Input {
        @Option(names = {"-i", "--interface"}, paramLabel = "IF", required = true, description = "Capture from IF.")
        private String interfaceName;

        @Parameters(paramLabel = "FILE", description = "Capture file, or '-' for standard input.")
        private Path file;
    }

    @Override
    public Integer call() throws IOException {
        if (count == 0 || count < -1) {
            throw new ParameterException(spec.commandLine(), "COUNT of -n must be at least 1, not " + count);
        }
        final CaptureStatistics statistics = new CaptureStatistics();
        try (FrameSource source = open()) {
            Termination.onRequest(() -> {
                source.stop();
                source.wakeup();
            });
            print(source);
            source.statistics(statistics);
        } finally {
            Termination.onRequest(null);
        }
        return verdict(statistics);
    }

    private FrameSource open() {
        if (input.file != null) {
            return CaptureInputs.open(input.file, filter, 1);
        }
        return CaptureInputs.open(List.of(new TpacketContext().interfaceName(input.interfaceName).filter(filter)
            .blockCount(RING_BLOCKS).ignoreOutgoing(false)));
    }

    private void print(final FrameSource source) throws IOException {
        final Frame frame = new Frame();
        final Decoder decoder = new Decoder();
        final FramePrinter printer = new FramePrinter(spec.commandLine().getOut(), json, hexDump,
            !json && Terminal.wantsColour());
        long printed = 0;
        long lastBlock = -1;
        while (printed != count && !printer.isBroken() && !Termination.isRequested()) {
            if (source.next(frame)) {
                printed++;
                frame.number = numberOf(source, printed);
                decoder.decode(frame);
                printer.print(frame);
                lastBlock = frame.block;
                source.release(frame.source, lastBlock - 1);
            } else if (source.isExhausted()) {
                break;
            } else {
                // nothing of it is needed any more, and a source may wait for the block
                source.release(0, lastBlock);
                printer.flush();
                source.await(AWAIT_NS);
            }
        }
        printer.flush();
    }

    /** In a file, a frame keeps its number in the whole trace whatever a filter leaves out. */
    private long numberOf(final FrameSource source, final long printed) {
        if (filter.isEmpty() || source.isLive()) {
            return printed;
        }
        final CaptureStatistics statistics = new CaptureStatistics();
        source.statistics(statistics);
        return printed + statistics.filtered;
    }

    private int verdict(final CaptureStatistics statistics) {
        Losses.tell(statistics.damages, spec.commandLine().getErr());
        if (statistics.kernelDropped > 0) {
            spec.commandLine().getErr().println("weir: " + statistics.kernelDropped
                + " frames were dropped by the kernel because printing was too slow; narrow the filter");
            spec.commandLine().getErr().flush();
        }
        return statistics.damages.isEmpty() && statistics.kernelDropped == 0 ? ExitStatus.DONE : ExitStatus.IMPAIRED;
    }
}
