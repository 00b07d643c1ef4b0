package io.weir.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** User and system time of every thread of this process. */
final class ProcessCpu {
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ProcessCpu() {
    }

    static long timeNs() {
        return SYSTEM.getProcessCpuTime();
    }
}
