package cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code routes …}: for ops, on their own machine or in the pipeline of their own repository. */
@Command(name = "routes", subcommands = CheckCommand.class,
        description = "Checks the files that routes are written in, before a hub is given them.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, or nothing is wrong", "1:the file can't be applied as it is; what to change is printed",
            "2:the command line is wrong, or a file can't be read"})
public final class Routes {

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = CommandLine.ScopeType.INHERIT, description = "Shows this.")
    private boolean help;

    private Routes() {
    }

    /** On the terminal. @param args those after {@code routes} @return the process's exit code */
    public static int main(String[] args) {
        // Camel tells at length how it starts and ends the rehearsal.
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        return run(args, new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    static int run(String[] args, PrintWriter out, PrintWriter err) {
        return new CommandLine(new Routes()).setOut(out).setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    err.println(failure.getMessage());
                    return CommandLine.ExitCode.USAGE;
                }).execute(args.length == 0 ? new String[] {"--help"} : args);
    }
}
