package embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A JVM of the play: it can be killed, stopped, and started again as it was. Its output goes into a log. */
public final class JvmProcess {

    private static final int LONGEST_DEATH_SECONDS = 10;
    private static final Duration DUMP = Duration.ofSeconds(2);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final ProcessReaper reaper;
    private volatile Process process;
    private volatile boolean wanted;

    /**
     * @param classPath goes by the environment: two hundred jars would make the process list unreadable
     * @param arguments options of the JVM, the main class, its arguments
     */
    public JvmProcess(String name, String classPath, List<String> arguments, Map<String, String> environment, Path log,
          ProcessReaper reaper) {
        this.name = name;
        this.command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (Runtime.version().feature() >= 24) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(arguments);
        this.environment = new HashMap<>(environment);
        this.environment.put("CLASSPATH", classPath);
        this.log = log;
        this.reaper = reaper;
    }

    public String name() {
        return name;
    }

    public void start() {
        start(Map.of());
    }

    /** @param further of the environment, for this life only */
    public synchronized void start(Map<String, String> further) {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(key -> key.startsWith("HUB_") || key.startsWith("SPRING_"));
        builder.environment().putAll(environment);
        builder.environment().putAll(further);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + name, e);
        }
        wanted = true;
        reaper.watch(process.toHandle());
    }

    /** SIGKILL, now; may be called from any thread. Returns when the process is gone. */
    public void kill() {
        wanted = false;
        process.destroyForcibly();
        try {
            if (!process.waitFor(LONGEST_DEATH_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " survives SIGKILL, process " + process.pid());
            }
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    /** SIGTERM. Returns when the process is gone; one that takes longer than this is killed. */
    public void end(Duration atMost) {
        wanted = false;
        process.toHandle().destroy();
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    public void stop() {
        Signals.stop(handles());
    }

    public void resume() {
        Signals.resume(handles());
    }

    /**
     * Waits until the process is ready.
     *
     * @throws IllegalStateException when it ended by itself, or isn't ready in time; then its log says what its threads do
     */
    public void await(BooleanSupplier ready, Duration atMost) {
        boolean inTime = Wait.until(() -> diedByItself() || ready.getAsBoolean(), atMost);
        if (diedByItself()) {
            throw new IllegalStateException(name + " ended with " + exitCode() + "; see " + log);
        }
        if (!inTime) {
            Signals.quit(handles());
            Wait.lasting(DUMP);
            throw new IllegalStateException(name + " isn't ready after " + atMost + "; see " + log);
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** It ended, and nobody had killed it. */
    public boolean diedByItself() {
        return wanted && !isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Of a process that is gone; for a signal it is 128 and its number. */
    public int exitCode() {
        return process.exitValue();
    }

    public Path log() {
        return log;
    }

    private List<ProcessHandle> handles() {
        return List.of(process.toHandle());
    }
}
