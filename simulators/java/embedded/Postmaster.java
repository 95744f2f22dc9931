package embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server process of a PostgreSQL data directory, as its own {@code postmaster.pid} names it. */
public final class Postmaster {

    private static final int ORDERLY_SECONDS = 20;
    private static final int FORCED_SECONDS = 10;

    private final Path pidFile;

    public Postmaster(Path dataDirectory) {
        pidFile = dataDirectory.resolve("postmaster.pid");
    }

    /** The running server, if there is one. Another process that has got the same id since isn't taken for it. */
    Optional<ProcessHandle> running() {
        List<String> lines;
        try {
            lines = Files.readAllLines(pidFile);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().command().orElse("").contains("postgres"));
    }

    /**
     * Stops the server if it runs: a fast shutdown first, which drops its sessions, then an immediate one, after which
     * the next start recovers.
     *
     * @throws IllegalStateException when it survives both
     */
    public void stop() {
        running().ifPresent(Postmaster::stop);
    }

    /** As {@link #stop()}, for a server that may be shutting down already and so has no pid file any more. */
    static void stop(ProcessHandle server) {
        if (!server.isAlive()) {
            return;
        }
        signal("INT", server);
        if (ended(server, ORDERLY_SECONDS)) {
            return;
        }
        signal("QUIT", server);
        if (!ended(server, FORCED_SECONDS)) {
            throw new IllegalStateException(
                    "PostgreSQL, process " + server.pid() + ", doesn't end; stop it by hand: kill -9 " + server.pid());
        }
    }

    /** Java can send only TERM, on which PostgreSQL waits for its sessions, and KILL, after which it has to recover. */
    private static void signal(String name, ProcessHandle server) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(server.pid()))
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("can't send a signal to process " + server.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean ended(ProcessHandle server, int seconds) {
        try {
            server.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !server.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !server.isAlive();
        }
    }
}
