package embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The commit and the machine that a report is about. */
public final class Machine {

    private Machine() {
    }

    /**
     * The short hash of the commit, with a plus when tracked files differ from it; {@code unknown} outside of a
     * repository.
     */
    public static String commit() {
        String commit = git("rev-parse", "--short", "HEAD");
        return commit.isEmpty() ? "unknown"
                : commit + (git("status", "--porcelain", "--untracked-files=no").isEmpty() ? "" : "+");
    }

    /** Processors, operating system, architecture and JDK, on one line. */
    public static String description() {
        Runtime runtime = Runtime.getRuntime();
        return "%d processors, %s %s, JDK %s".formatted(runtime.availableProcessors(), System.getProperty("os.name"),
                System.getProperty("os.arch"), Runtime.version().feature());
    }

    private static String git(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            Process git = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new Wait.Interrupted();
        }
    }
}
