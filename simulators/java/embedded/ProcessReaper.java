package embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that no process outlives the run, however the run ends: a shell that reads who lives and who has died, and
 * kills those who live when its input ends, as it does when this JVM is killed. Processes that are stopped die of it too.
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

    public void watch(ProcessHandle process) {
        alive.put(process.pid(), process);
        say("born", process.pid());
        process.onExit().thenRun(() -> {
            if (alive.remove(process.pid()) != null) {
                say("died", process.pid());
            }
        });
    }

    /** Kills whatever is still alive. */
    @Override
    public void close() {
        alive.values().forEach(ProcessHandle::destroyForcibly);
        try {
            orders.close();
        } catch (IOException e) {
            // The shell is gone; all that it would have done has been done.
        }
    }

    private synchronized void say(String word, long pid) {
        try {
            orders.write((word + ' ' + pid + '\n').getBytes(StandardCharsets.US_ASCII));
            orders.flush();
        } catch (IOException e) {
            if (shell.isAlive()) {
                throw new UncheckedIOException("the shell that guards the processes doesn't listen", e);
            }
        }
    }
}
