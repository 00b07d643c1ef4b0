package io.weir.cli;

import io.weir.capture.CaptureInterface;
import io.weir.capture.FrameSource;
import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.monitor.FaultLog;
import io.weir.monitor.Instance;
import io.weir.monitor.Monitor;
import io.weir.monitor.RecordView;
import io.weir.monitor.StatusDirectory;
import io.weir.monitor.StatusFile;
import io.weir.output.PrintableText;
import io.weir.protocol.application.ApplicationNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What makes one run visible: its status file. A live run has one unless the configuration says otherwise, a run over
 * files if the configuration names one.
 */
final class Monitoring implements AutoCloseable {
    private static final String AUTO = "auto";
    private static final String OFF = "off";
    private static final int FAULT_BYTES = 64 * 1024;

    private final Configuration configuration;
    private final FrameSource source;
    private final ApplicationNames applications;
    private final PrintWriter err;
    private final RecordView records = new RecordView();
    private final String statusFile;
    private FaultLog faults;
    private Monitor monitor;

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
        return !OFF.equals(statusFile(configuration, live));
    }

    private static String statusFile(final Configuration configuration, final boolean live) {
        final String named = configuration.get(Settings.STATUS_FILE);
        return AUTO.equals(named) && !live ? OFF : named;
    }

    /** Lets an engine that is about to be made tell what will be shown. */
    void attach(final EngineContext context) {
        if (isWanted(configuration, source.isLive())) {
            context.output(records).faults(fault -> faults.onError(fault));
        }
    }

    /** Shows an engine that is about to be started. */
    void start(final Engine engine) throws IOException {
        if (!isWanted(configuration, source.isLive())) {
            return;
        }
        final Instance instance = Instance.current(Weir.version(), source.isLive(),
            source.interfaces().stream().map(CaptureInterface::name).toList());
        final StatusFile file = file(instance);
        faults = new FaultLog(file == null ? new UnsafeBuffer(new byte[FAULT_BYTES]) : file.faults());
        monitor = new Monitor(instance, engine::reading, records, applications, file, faults);
        monitor.start();
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
        if (monitor != null) {
            monitor.close();
        }
    }
}
