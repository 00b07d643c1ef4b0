package io.weir.cli;

import io.weir.base.NativeLibraryException;
import io.weir.capture.CaptureInterface;
import io.weir.capture.FrameSource;
import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.monitor.FaultLog;
import io.weir.monitor.Instance;
import io.weir.monitor.Monitor;
import io.weir.monitor.MonitorServer;
import io.weir.monitor.RecordView;
import io.weir.monitor.StatusDirectory;
import io.weir.monitor.StatusFile;
import io.weir.output.PrintableText;
import io.weir.packet.AddressText;
import io.weir.protocol.application.ApplicationNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * What makes one run visible: its status file, metrics and web page. A live run has a status file unless the
 * configuration says otherwise, a run over files if the configuration names one.
 */
final class Monitoring implements AutoCloseable, ErrorHandler {
    private static final Logger LOG = LogManager.getLogger(Monitoring.class);
    private static final String AUTO = "auto";
    private static final String OFF = "off";
    private static final int FAULT_BYTES = 64 * 1024;

    private final Configuration configuration;
    private final FrameSource source;
    private final ApplicationNames applications;
    private final PrintWriter err;
    private final RecordView records = new RecordView();
    private final String statusFile;
    private volatile FaultLog faults;
    private Monitor monitor;
    private final List<MonitorServer> servers = new ArrayList<>();

    Monitoring(final Configuration configuration, final FrameSource source, final ApplicationNames applications,
        final PrintWriter err) {
        this.configuration = configuration;
        this.source = source;
        this.applications = applications;
        this.err = err;
        statusFile = statusFile(configuration, source.isLive());
    }

    /** True if a run is to be seen by somebody. */
    static boolean isWanted(final Configuration configuration, final boolean live) {
        return !OFF.equals(statusFile(configuration, live)) || !configuration.get(Settings.METRICS_LISTEN).isEmpty()
            || !configuration.get(Settings.WEB_LISTEN).isEmpty();
    }

    private static String statusFile(final Configuration configuration, final boolean live) {
        final String named = configuration.get(Settings.STATUS_FILE);
        return AUTO.equals(named) && !live ? OFF : named;
    }

    /** Lets an engine that is about to be made tell what will be shown. */
    void attach(final EngineContext context) {
        if (isWanted(configuration, source.isLive())) {
            context.output(records);
        }
        context.faults(this);
    }

    /** Keeps a fault that the run survived for those who look; that libweir is absent, is logged too. Any thread. */
    @Override
    public void onError(final Throwable fault) {
        if (fault instanceof NativeLibraryException) {
            LOG.warn("goes on without libweir, which takes longer: {}", fault.getMessage());
        }
        final FaultLog log = faults;
        if (log != null) {
            log.onError(fault);
        }
    }

    /** Shows an engine that is about to be started. */
    void start(final Engine engine) throws IOException {
        if (!isWanted(configuration, source.isLive())) {
            return;
        }
        final Instance instance = Instance.current(Weir.version(), source.isLive(),
            source.interfaces().stream().map(CaptureInterface::name).toList());
        final StatusFile file = OFF.equals(statusFile) ? null : file(instance);
        faults = new FaultLog(file == null ? new UnsafeBuffer(new byte[FAULT_BYTES]) : file.faults());
        monitor = new Monitor(instance, engine::reading, records, applications, file, faults);
        monitor.start();
        final String metrics = configuration.get(Settings.METRICS_LISTEN);
        final String web = configuration.get(Settings.WEB_LISTEN);
        if (!metrics.isEmpty()) {
            serve("monitor.metrics-listen", metrics, true, metrics.equals(web));
        }
        if (!web.isEmpty() && !web.equals(metrics)) {
            serve("monitor.web-listen", web, false, true);
        }
    }

    private void serve(final String setting, final String address, final boolean metrics, final boolean web) {
        final int colon = address.lastIndexOf(':');
        final String host = address.substring(0, colon).replace("[", "").replace("]", "");
        try {
            final MonitorServer server = new MonitorServer(monitor, new InetSocketAddress(
                InetAddress.getByAddress(AddressText.parse(host)), Integer.parseInt(address.substring(colon + 1))),
                metrics, web);
            servers.add(server);
            final String at = "http://" + address.substring(0, colon + 1) + server.address().getPort();
            err.println("weir: " + (web ? "web page at " + at + "/" : "metrics at " + at + "/metrics"));
        } catch (final IOException e) {
            throw CommandException.usage(setting + ": cannot listen on " + address + ": " + e.getMessage());
        }
    }

    /** Where it serves, in the order metrics, web page. */
    List<InetSocketAddress> addresses() {
        return servers.stream().map(MonitorServer::address).toList();
    }

    /** The status file; without one that was asked for nothing runs, without another it is said. */
    private StatusFile file(final Instance instance) {
        final boolean chosen = !AUTO.equals(statusFile);
        try {
            return StatusFile.create(
                chosen ? Path.of(statusFile) : StatusDirectory.standard().forProcess(instance.pid()), instance);
        } catch (final IOException e) {
            final String reason = "no status file: " + reason(e);
            if (chosen) {
                throw CommandException.usage("monitor.status-file: " + reason);
            }
            err.println("weir: " + PrintableText.of(reason) + "; 'weir stat' and 'weir top' will not see this run");
            return null;
        }
    }

    private static String reason(final IOException e) {
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is there already, and is not that of an engine that has ended";
        }
        return e instanceof FileSystemException failed
            ? failed.getFile() + ": " + (failed.getReason() == null ? "permission denied" : failed.getReason())
            : e.getMessage();
    }

    @Override
    public void close() {
        servers.forEach(MonitorServer::close);
        if (monitor != null) {
            monitor.close();
        }
    }
}
