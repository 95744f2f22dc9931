package embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Signals that Java has no method for, and SIGKILL to several processes at once. */
public final class Signals {

    private static final Duration LONGEST_DEATH = Duration.ofSeconds(10);

    private Signals() {
    }

    /** Sends SIGSTOP: the processes are suspended, and their peers get no notice. */
    public static void stop(List<ProcessHandle> processes) {
        send("STOP", processes);
    }

    /** Sends SIGCONT: the processes go on. */
    public static void resume(List<ProcessHandle> processes) {
        send("CONT", processes);
    }

    /** Sends SIGQUIT, on which a JVM prints a thread dump and goes on. */
    public static void quit(List<ProcessHandle> processes) {
        send("QUIT", processes);
    }

    /**
     * Sends SIGKILL and returns when all of them have ended.
     *
     * @return how many of them were alive before
     * @throws IllegalStateException when one survives for ten seconds
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
            // An exit code other than 0 says that one of them had ended already; the others got the signal.
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
