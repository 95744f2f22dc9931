package testbed;

import static org.assertj.core.api.Assertions.assertThat;

import embedded.ProgressWait;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java program that runs as a process of its own, with all that it prints. Gone, in any way, when it is closed. */
public final class Program implements AutoCloseable {

    private static final Pattern JDK_WARNINGS = Pattern.compile("(?m)^WARNING: .*$\\n?");

    private static final Duration LONGEST_IDLE_START = Duration.ofSeconds(90);

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

    /**
     * What the pattern's first group finds, once it is printed. Fails when the program ends without it.
     *
     * @param idle how long the program may go without working
     */
    public String awaitSaying(Pattern pattern, Duration idle) {
        AtomicReference<String> found = new AtomicReference<>();
        BooleanSupplier isSaid = () -> {
            Matcher matcher = pattern.matcher(said());
            if (matcher.find()) {
                found.set(matcher.group(1));
            }
            return found.get() != null;
        };
        if (!ProgressWait.until(isSaid, process, idle) && !process.isAlive()) {
            hearOut();
            isSaid.getAsBoolean();
        }
        assertThat(found.get()).as("%s in\n%s", pattern, said()).isNotNull();
        return found.get();
    }

    /** Returns when the hub that this program is takes requests; fails, and ends the program, when that can't be expected. */
    public void awaitReady(HubClient hub) {
        if (!ProgressWait.until(() -> isReady(hub), process, LONGEST_IDLE_START) || !isAlive()) {
            close();
            throw new AssertionError("the hub did not start; it said:\n" + said());
        }
    }

    private static boolean isReady(HubClient hub) {
        try {
            return hub.get("/readyz", null).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
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

    /**
     * The exit code, which for a signal is 128 and its number.
     *
     * @param idle how long the program may go without working
     */
    public int exitWithin(Duration idle) {
        if (!ProgressWait.until(() -> !process.isAlive(), process, idle)) {
            throw new AssertionError("still running after " + idle + " without work; it said:\n" + said());
        }
        hearOut();
        return process.exitValue();
    }

    /** Of a program that has ended: waits for the last of its output. */
    private void hearOut() {
        try {
            listener.join(5_000);
        } catch (InterruptedException e) {
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
        }
    }

    private void hear(String text) {
        synchronized (said) {
            said.append(text);
        }
    }
}
