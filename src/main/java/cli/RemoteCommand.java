package cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** A command that sends a request to a running hub. */
abstract class RemoteCommand implements Callable<Integer> {

    @ParentCommand
    private TokenHolder routes;

    @Spec
    private CommandSpec spec;

    @Option(names = "--url", paramLabel = "URL", defaultValue = "${env:HUB_URL:-http://127.0.0.1:8080}",
            description = "Where the hub is (${DEFAULT-VALUE}); also from HUB_URL. Its token comes from HUB_TOKEN.")
    private String url;

    @Option(names = "--json", description = "Prints the hub's answer as it came.")
    private boolean json;

    @Override
    public final Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            JsonNode answer = ask(new RemoteHub(url, routes.token()));
            if (json) {
                out.println(answer);
            } else {
                print(answer, out);
            }
            return code(answer);
        } catch (RemoteHub.Refused e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.isOfTheContent() ? ExitCode.REFUSED : ExitCode.NO_HUB;
        } catch (RemoteHub.Unreachable e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.NO_HUB;
        }
    }

    abstract JsonNode ask(RemoteHub hub) throws IOException, InterruptedException;

    abstract void print(JsonNode answer, PrintWriter out);

    /** Where text before the answer is printed: nowhere with {@code --json}, so that the output is JSON only. */
    PrintWriter aside() {
        return json ? new PrintWriter(Writer.nullWriter()) : spec.commandLine().getOut();
    }

    int code(JsonNode answer) {
        return 0;
    }

    static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
