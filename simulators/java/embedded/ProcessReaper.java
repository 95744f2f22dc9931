package embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Kills the watched processes when this JVM ends, however it ends. A shell process reads from a pipe which processes have
 * started and ended, and sends SIGKILL to the living ones when the pipe is closed, as it is when this JVM is killed.
 * Suspended processes are killed, too.
 */
public final class ProcessReaper implements AutoCloseable {

    private static final String SCRIPT = """
            trap '' INT TERM HUP
            alive=' '
            while read -r word pid; do
              case $word in
                born) alive="$alive$pid " ;;
                died) alive="${alive%%" $pid "*} ${alive#*" $pid "}" ;;
              esac
            done
            [ "$alive" = ' ' ] || kill -KILL $alive 2>/dev/null
            """;

    private final Process shell;
    private final OutputStream orders;
    private final Map<Long, ProcessHandle> alive = new ConcurrentHashMap<>();

    public ProcessReaper() {
        try {
            shell = new ProcessBuilder("sh", "-c", SCRIPT).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            orders = shell.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("can't start a shell (sh)", e);
        }
    }

    /** Has the process killed when this JVM ends, unless it has ended before. */
    public void watch(ProcessHandle process) {
        alive.put(process.pid(), process);
        say("born", process.pid());
        process.onExit().thenRun(() -> {
            if (alive.remove(process.pid()) != null) {
                say("died", process.pid());
            }
        });
    }

    /** Kills all watched processes that are still alive. */
    @Override
    public void close() {
        alive.values().forEach(ProcessHandle::destroyForcibly);
        try {
            orders.close();
        } catch (IOException e) {
            // The shell has ended; the processes were killed above.
        }
    }

    private synchronized void say(String word, long pid) {
        try {
            orders.write((word + ' ' + pid + '\n').getBytes(StandardCharsets.US_ASCII));
            orders.flush();
        } catch (IOException e) {
            if (shell.isAlive()) {
                throw new UncheckedIOException("the shell that kills left-over processes can't be written to", e);
            }
        }
    }
}
