package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.capture.FrameFeed;
import io.weir.capture.VethPair;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.capture.tpacket.TpacketSource;
import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.monitor.StatusReader;
import io.weir.monitor.StatusTree;
import io.weir.output.Summary;
import io.weir.protocol.WireTalk;
import io.weir.protocol.tls.Hellos;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A live engine with two workers over a virtual wire, watched while frames pass. Used inside of a namespace. */
final class WatchedEngine implements AutoCloseable {
    /** What a client names in its hello, for screens and pages to be told from markup and commands. */
    static final String HOSTILE = "<script>document.title='owned'</script>\u001b[31m.example";

    private static final long BOUND_NS = 30_000_000_000L;
    private static final String RULE = """
        rules:
        - id: 1
          alert: "a name <b>as</b> it came"
          when: {tls.sni: {contains: "example"}}
        """;

    private final Path directory;
    private final StringWriter err = new StringWriter();
    private final TpacketSource source;
    private final LiveRules rules;
    private final Monitoring monitoring;
    private final Engine engine;
    private final FrameFeed feed;
    private Thread sending;
    private volatile boolean closing;
    private Summary summary;

    /**
     * Starts one.
     *
     * @param directory for its status file and rules
     * @param settings  of what is served, as far as they are not the defaults
     */
    WatchedEngine(final Path directory, final Configuration settings) throws IOException {
        this.directory = directory;
        final Path rule = Files.writeString(directory.resolve("rules.yaml"), RULE);
        final Configuration configuration = settings.with(Settings.STATUS_FILE, statusFile().toString())
            .with(Settings.RULES, List.of(rule.toString()));
        final ContextFactory contexts = new ContextFactory(configuration);
        source = new TpacketSource(new TpacketContext().interfaceName(VethPair.RIGHT)
            .blockBytes(256 << 10).blockCount(64).blockTimeoutMs(2).conclude());
        final EngineContext context = contexts.engine(2, true).source(source);
        rules = LiveRules.of(configuration, new PrintWriter(err, true));
        rules.attach(context);
        monitoring = new Monitoring(configuration, source, contexts.applications(), new PrintWriter(err, true));
        monitoring.attach(context);
        engine = new Engine(context.conclude());
        monitoring.start(engine);
        engine.start();
        feed = new FrameFeed(VethPair.LEFT);
    }

    Path statusFile() {
        return directory.resolve("engine.status");
    }

    /** Sends frames of a flow that goes on. */
    void send(final int frames) {
        feed.sendNumbered(frames, 200);
    }

    /** Sends more and more of a flow until it is reported as one with a large share. */
    void sendElephant() throws IOException {
        sendUntil(500, 1_400, status -> !status.rows("elephants").isEmpty());
    }

    /** Sends a hello with a name that nobody should believe, from this port. */
    void sendHello(final int port) {
        final WireTalk talk = new WireTalk(WireTalk.Form.PLAIN).tcp(port, 443)
            .says(true, hello(1, Hellos.hello().ciphers(0x1301, 0xc02f).sni(HOSTILE).clientBody()))
            .says(false, hello(2, Hellos.hello().ciphers(0xc02f).serverBody())).close();
        for (final TimedFrame frame : talk.frames()) {
            feed.send(frame.bytes());
        }
    }

    private static byte[] hello(final int type, final byte[] body) {
        final byte[] message = Hellos.join(new byte[] {(byte) type, 0}, Hellos.u16(body.length), body);
        return Hellos.join(Hellos.hex("160301"), Hellos.u16(message.length), message);
    }

    /** Sends until the status in the file is as wanted, and answers that. */
    StatusTree sendUntil(final Predicate<StatusTree> wanted) throws IOException {
        return sendUntil(50, 200, wanted);
    }

    private StatusTree sendUntil(final int frames, final int length, final Predicate<StatusTree> wanted)
        throws IOException {
        try (StatusReader reader = StatusReader.open(statusFile())) {
            final long deadlineNs = System.nanoTime() + BOUND_NS;
            StatusTree status;
            do {
                assertTrue(System.nanoTime() < deadlineNs, () -> "waited in vain; errors: " + err);
                feed.sendNumbered(frames, length);
                LockSupport.parkNanos(5_000_000);
                status = StatusTree.parse(reader.snapshot());
            } while (!wanted.test(status));
            return status;
        }
    }

    /** Sends on, a little at a time and on a thread of its own, until it is closed. */
    void keepSending() {
        sending = new Thread(() -> {
            while (!closing) {
                send(10);
                LockSupport.parkNanos(5_000_000);
            }
        }, "feed");
        sending.start();
    }

    /** Where metrics or the web page are served, as {@code http://127.0.0.1:PORT}. */
    String server() {
        return "http://127.0.0.1:" + monitoring.addresses().get(0).getPort();
    }

    /** Ends the capture, so that all figures stand still. */
    Summary stop() throws InterruptedException {
        if (summary == null) {
            engine.stop();
            assertTrue(engine.await(BOUND_NS), "the engine did not end");
            summary = engine.summary();
        }
        return summary;
    }

    @Override
    public void close() {
        closing = true;
        if (sending != null) {
            try {
                sending.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        feed.close();
        monitoring.close();
        engine.close();
        rules.close();
        source.close();
    }

    /** The names in rows of a status. */
    static List<String> names(final StatusTree status, final String rows, final String name) {
        final List<String> names = new ArrayList<>();
        status.rows(rows).forEach(row -> names.add(row.text(name)));
        return names;
    }
}
