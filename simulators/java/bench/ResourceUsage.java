package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Processor time that each process and the whole machine have used so far. What the operating system doesn't tell (other
 * than Linux) is left out.
 *
 * @param nanoTime when it was read, by {@link System#nanoTime()}
 * @param seconds  processor seconds by process
 * @param busy     processor seconds of the whole machine; below 0 when unknown
 */
record ResourceUsage(long nanoTime, Map<String, Double> seconds, double busy) {

    private static final Pattern KILOBYTES = Pattern.compile("(?m)^(VmHWM|Pss):\\s+(\\d+) kB");
    /** Ticks a second of {@code /proc/stat}; the same on every Linux that Java runs on. */
    private static final double TICKS = 100;
    private static final double NANOS = 1e9;

    static ResourceUsage of(Map<String, ProcessHandle> processes) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        processes.forEach((name, process) -> seconds.put(name, seconds(process, name)));
        return new ResourceUsage(System.nanoTime(), seconds, machine());
    }

    /** Processor seconds since then, by process. */
    Map<String, Double> since(ResourceUsage earlier) {
        Map<String, Double> used = new LinkedHashMap<>();
        seconds.forEach((name, now) -> used.put(name, now - earlier.seconds.getOrDefault(name, 0.0)));
        return used;
    }

    /** Share of all processors that other processes have used since then; below 0 when unknown. */
    double othersSince(ResourceUsage earlier) {
        if (busy < 0 || earlier.busy < 0) {
            return -1;
        }
        double ours = since(earlier).values().stream().mapToDouble(Double::doubleValue).sum();
        double all = (nanoTime - earlier.nanoTime) / NANOS * Runtime.getRuntime().availableProcessors();
        return Math.max(0, busy - earlier.busy - ours) / all;
    }

    /**
     * Peak resident memory of each process, in MB. For PostgreSQL it is the present memory of all its processes, with shared
     * memory counted once.
     */
    static Map<String, Long> residentMegabytes(Map<String, ProcessHandle> processes) {
        Map<String, Long> megabytes = new LinkedHashMap<>();
        processes.forEach((name, process) -> {
            long kilobytes = isDatabase(name)
                    ? process.descendants().mapToLong(one -> kilobytes(one, "smaps_rollup", "Pss")).sum()
                            + kilobytes(process, "smaps_rollup", "Pss")
                    : kilobytes(process, "status", "VmHWM");
            if (kilobytes > 0) {
                megabytes.put(name, kilobytes / 1024);
            }
        });
        return megabytes;
    }

    /** Only the database's children count for it; the children of this JVM are the other processes. */
    private static boolean isDatabase(String name) {
        return name.equals("postgresql");
    }

    private static double seconds(ProcessHandle process, String name) {
        double own = cpu(process);
        return !isDatabase(name) ? own : own + process.descendants().mapToDouble(ResourceUsage::cpu).sum()
                + ofEndedChildren(process);
    }

    /** The processor time of ended sessions: the hub's pool replaces each connection after half an hour. */
    private static double ofEndedChildren(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", "" + process.pid(), "stat"));
            // After the name, which may contain spaces, come state, ppid, … and, as 14th and 15th, cutime and cstime (man
            // 5 proc).
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS;
        } catch (IOException e) {
            // Not Linux, or the process has just ended.
            return 0;
        }
    }

    private static double cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / NANOS;
    }

    private static long kilobytes(ProcessHandle process, String file, String field) {
        try {
            Matcher found = KILOBYTES.matcher(Files.readString(Path.of("/proc", "" + process.pid(), file)));
            while (found.find()) {
                if (found.group(1).equals(field)) {
                    return Long.parseLong(found.group(2));
                }
            }
        } catch (IOException e) {
            // Not Linux, or the process has just ended.
        }
        return 0;
    }

    private static double machine() {
        try {
            List<String> all = List.of(Files.readAllLines(Path.of("/proc/stat")).get(0).split("\\s+"));
            // user, nice, system, idle, iowait, irq, softirq
            double busy = 0;
            for (int field : new int[] {1, 2, 3, 6, 7}) {
                busy += Long.parseLong(all.get(field));
            }
            return busy / TICKS;
        } catch (IOException e) {
            return -1;
        }
    }
}
