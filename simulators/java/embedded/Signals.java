package embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The signals that Java itself can't send. */
public final class Signals {

    private static final Duration LONGEST_DEATH = Duration.ofSeconds(10);

    private Signals() {
    }

    /** SIGSTOP to all of them. Nothing of a process runs from here on, and nobody is told. */
    public static void stop(List<ProcessHandle> processes) {
        send("STOP", processes);
    }

    /** SIGCONT to all of them. */
    public static void resume(List<ProcessHandle> processes) {
        send("CONT", processes);
    }

    /** SIGQUIT to all of them, on which a JVM tells what its threads do, and goes on. */
    public static void quit(List<ProcessHandle> processes) {
        send("QUIT", processes);
    }

    /**
     * SIGKILL to all of them, and waits until they are gone.
     *
     * @return how many of them this killed
     */
    public static int kill(List<ProcessHandle> processes) {
        int killed = 0;
        for (ProcessHandle process : processes) {
            killed += process.destroyForcibly() ? 1 : 0;
        }
        if (!Wait.until(() -> processes.stream().noneMatch(ProcessHandle::isAlive), LONGEST_DEATH)) {
            throw new IllegalStateException("some of these processes survived SIGKILL: " + pids(processes));
        }
        return killed;
    }

    private static void send(String signal, List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        command.addAll(pids(processes));
        try {
            // Some may be gone already; the others have the signal all the same.
            new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("can't send SIG" + signal, e);
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }

    private static List<String> pids(List<ProcessHandle> processes) {
        return processes.stream().map(process -> Long.toString(process.pid())).toList();
    }
}
