package testbed;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java program that runs as a process of its own, with all that it prints. Gone, in any way, when it is closed. */
public final class Program implements AutoCloseable {

    private static final Pattern JDK_WARNINGS = Pattern.compile("(?m)^WARNING: .*$\\n?");

    private final Process process;
    private final StringBuilder said = new StringBuilder();
    private final Thread listener;

    private Program(Process process) {
        this.process = process;
        this.listener = new Thread(this::listen, "listens-to-" + process.pid());
        listener.setDaemon(true);
        listener.start();
    }

    /** Runs a jar of {@code target/}, as {@code java -jar} does. */
    public static Program jar(String name, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("-Xmx512m", "-jar", Path.of("target", name).toString()));
        command.addAll(List.of(arguments));
        return start(environment, command);
    }

    /** Runs a main class of the tests' own class path. */
    public static Program main(Class<?> main, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("-Xmx768m", "-cp", System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return start(environment, command);
    }

    private static Program start(Map<String, String> environment, List<String> arguments) {
        // The two options make it start sooner; what it does stays the same.
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("").getAbsoluteFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("HUB_") || name.startsWith("SPRING_"));
        builder.environment().putAll(environment);
        try {
            return new Program(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of it so far, but for what newer JDKs say of libraries. */
    public String said() {
        synchronized (said) {
            return JDK_WARNINGS.matcher(said).replaceAll("");
        }
    }

    /** What the pattern's first group finds, once it is printed. Fails at once when the program ends without it. */
    public String awaitSaying(Pattern pattern, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (said) {
            while (true) {
                Matcher found = pattern.matcher(said);
                if (found.find()) {
                    return found.group(1);
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || !listener.isAlive()) {
                    throw new AssertionError("not said: " + pattern + " but:\n" + said);
                }
                waitForMore(left);
            }
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM. By the handle, since {@link Process#destroy()} would close its output, too. */
    public void tellToEnd() {
        process.toHandle().destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** The exit code, which for a signal is 128 and its number. */
    public int exitWithin(Duration atMost) {
        try {
            CompletableFuture<Process> ended = process.onExit();
            ended.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            listener.join(5_000);
            return process.exitValue();
        } catch (TimeoutException e) {
            throw new AssertionError("still running after " + atMost + "; it said:\n" + said());
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitWithin(Duration.ofSeconds(30));
    }

    private void listen() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                hear(line + "\n");
            }
        } catch (IOException e) {
            hear("(its output ended: " + e.getMessage() + ")\n");
        } finally {
            hear("");
        }
    }

    private void hear(String text) {
        synchronized (said) {
            said.append(text);
            said.notifyAll();
        }
    }

    private void waitForMore(long millis) {
        try {
            said.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
