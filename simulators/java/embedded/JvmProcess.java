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

/**
 * A JVM as a process that can be killed, suspended, and started again with the same arguments. Its output is appended to
 * a log file.
 */
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
     * @param classPath passed by the environment: two hundred jars would make the process list unreadable
     * @param arguments options of the JVM, the main class, its arguments
     * @param log       the file for its output
     * @param reaper    kills the process when this JVM ends
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

    /**
     * Starts the process.
     *
     * @param further environment variables for this start only
     * @throws IllegalStateException when it runs already
     */
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

    /** Sends SIGKILL and returns when the process has ended. May be called from any thread. */
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

    /** Sends SIGTERM and returns when the process has ended; kills it when it takes longer than {@code atMost}. */
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

    /** Suspends the process (SIGSTOP) until {@link #resume}. */
    public void stop() {
        Signals.stop(handles());
    }

    public void resume() {
        Signals.resume(handles());
    }

    /**
     * Waits until the process is ready, for as long as it works.
     *
     * @param idle how long the process may go without using the processor
     * @throws IllegalStateException when it ended by itself, or stopped working; then its log says what its threads do
     */
    public void await(BooleanSupplier ready, Duration idle) {
        boolean isReady = ProgressWait.until(ready, process, idle);
        if (diedByItself()) {
            throw new IllegalStateException(name + " ended with " + exitCode() + "; see " + log);
        }
        if (!isReady) {
            Signals.quit(handles());
            Wait.lasting(DUMP);
            throw new IllegalStateException(name + " isn't ready and has not worked for " + idle + "; see " + log);
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Whether it has ended without having been killed or ended by this class. */
    public boolean diedByItself() {
        return wanted && !isAlive();
    }

    public long pid() {
        return process.pid();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** The exit code of a process that has ended: 128 plus the signal's number when a signal ended it. */
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
