package cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line {@code routes …}: for operators, on their own machine or in the pipeline of their repository. */
@Command(name = "routes", subcommands = {CheckCommand.class, Looks.DiffCommand.class, Acts.ApplyCommand.class,
    Acts.TuneCommand.class, Acts.RollbackCommand.class, Acts.PauseCommand.class, Acts.ResumeCommand.class, Looks.ListCommand.class,
    Looks.ShowCommand.class, Looks.RevisionsCommand.class},
        description = "The routes of running hubs, and the files that they are written in.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, or nothing is wrong", "1:refused; what to change is printed, and nothing has changed",
            "2:the command line is wrong, or a file can't be read", "3:no hub answers there, or not to this token"})
public final class Routes implements TokenHolder {

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = CommandLine.ScopeType.INHERIT, description = "Shows this.")
    private boolean help;

    private final String token;

    private Routes(String token) {
        this.token = token;
    }

    @Override
    public String token() {
        return token;
    }

    /**
     * Runs a command with the process's own output and environment.
     *
     * @param args those after {@code routes}
     * @return the exit code of the process
     */
    public static int main(String[] args) {
        // Camel logs many lines about the start and the end of the dry run.
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        // The token comes from the environment, since every user of the machine can read a process's options.
        return run(args, System.getenv("HUB_TOKEN"), new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    static int run(String[] args, String token, PrintWriter out, PrintWriter err) {
        return new CommandLine(new Routes(token)).setOut(out).setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    err.println(failure.getMessage());
                    return ExitCode.USAGE;
                }).execute(args.length == 0 ? new String[] {"--help"} : args);
    }
}
