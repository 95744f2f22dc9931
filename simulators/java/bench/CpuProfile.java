package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Where a JVM's processor time went, by the execution samples of its flight recording. */
final class CpuProfile {

    private static final int SHOWN = 25;

    private final Map<String, Integer> tops = new HashMap<>();
    private final Map<String, Integer> anywhere = new HashMap<>();
    private final Map<String, Integer> threads = new HashMap<>();
    private final Map<String, Integer> libraries = new HashMap<>();
    private int samples;

    private CpuProfile() {
    }

    /** Reads the samples between two moments. */
    static CpuProfile of(Path recording, Instant from, Instant to) {
        CpuProfile profile = new CpuProfile();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null
                        && event.getStartTime().isAfter(from) && event.getStartTime().isBefore(to)) {
                    profile.see(event);
                }
            }
            return profile;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + recording, e);
        }
    }

    private void see(RecordedEvent event) {
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        if (frames.isEmpty()) {
            return;
        }
        samples++;
        tops.merge(name(frames.get(0)), 1, Integer::sum);
        // Threads whose names differ by a number count together.
        String thread = event.getThread("sampledThread") == null || event.getThread("sampledThread").getJavaName() == null
                ? "virtual" : event.getThread("sampledThread").getJavaName().replaceAll("[0-9]+", "#");
        threads.merge(thread, 1, Integer::sum);
        // A sample within the JDK counts for the library that called it.
        libraries.merge(frames.stream().map(CpuProfile::library).filter(name -> !name.matches("(java|jdk|sun)\\..*"))
                .findFirst().orElse("the JDK alone"), 1, Integer::sum);
        Set<String> seen = new HashSet<>();
        for (RecordedFrame frame : frames) {
            if (seen.add(name(frame))) {
                anywhere.merge(name(frame), 1, Integer::sum);
            }
        }
    }

    /** The first three parts of the package. */
    private static String library(RecordedFrame frame) {
        String[] parts = frame.getMethod().getType().getName().split("\\.");
        return String.join(".", Arrays.copyOf(parts, Math.max(1, Math.min(3, parts.length - 1)))) + '.';
    }

    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        return method.getType().getName() + '.' + method.getName();
    }

    @Override
    public String toString() {
        return samples + " samples\n" + most("by thread", threads)
                + most("by the library that works or has the JDK work", libraries) + most("at the top of the stack", tops)
                + most("anywhere in the stack, of the hub's own", ownOf(anywhere));
    }

    private static Map<String, Integer> ownOf(Map<String, Integer> all) {
        Map<String, Integer> own = new HashMap<>(all);
        own.keySet().removeIf(name -> !name.matches("(hub|routes|ledger|contract|simulators|bench)\\..*"));
        return own;
    }

    private String most(String title, Map<String, Integer> counts) {
        StringBuilder text = new StringBuilder("  ").append(title).append('\n');
        counts.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()).limit(SHOWN)
                .forEach(entry -> text.append("    %5.1f %%  %s%n".formatted(100.0 * entry.getValue() / samples,
                        entry.getKey())));
        return text.toString();
    }
}
