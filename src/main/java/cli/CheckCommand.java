package cli;

import contract.Json;
import edits.Difference;
import edits.EditReport;
import edits.Proposal;
import edits.rules.Placeholders;
import edits.rules.RouteFile;
import edits.rules.RoutePolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "check", description = {"Checks route files without a hub: what is wrong, what they would change of the "
        + "routes as shipped, and what a sample does in the changed ones.",
        "A file takes the place of the shipped one of its name; one of another name is added."})
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "A route file, as in routes.yaml.")
    private List<Path> files;

    @Option(names = "--property", paramLabel = "NAME=VALUE",
            description = "A setting that the hub has and a placeholder names; may be repeated.")
    private Map<String, String> properties = new HashMap<>();

    @Option(names = "--host", paramLabel = "HOST", description = "A host of hub.routes.hosts; may be repeated.")
    private Set<String> hosts = Set.of();

    @Option(names = "--broker", paramLabel = "HOST", description = "A host of hub.routes.brokers; may be repeated.")
    private Set<String> brokers = Set.of();

    @Option(names = "--topics", paramLabel = "PREFIX",
            description = "What topics begin with, as in hub.routes.topics (lucky_); may be repeated.")
    private List<String> topics = RoutePolicy.TOPICS;

    @Option(names = "--json", description = "Prints the whole report as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<RouteFile> edited = FileArguments.read(files);
        Map<String, String> settings = Placeholders.shipped();
        settings.putAll(properties);
        RoutePolicy policy = new RoutePolicy(hosts, brokers, Set.of(), topics, name ->
                Optional.ofNullable(settings.get(name)), false);
        EditReport report = new Proposal(policy).judge(Proposal.shipped(), Proposal.with(Proposal.shipped(), edited));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(Json.write(report), StandardCharsets.UTF_8));
        } else {
            print(report, out);
        }
        return report.passed() ? 0 : 1;
    }

    private static void print(EditReport report, PrintWriter out) {
        report.findings().forEach(finding -> out.println(finding.inWords()));
        for (Difference difference : report.differences()) {
            difference.words().forEach(out::println);
            difference.lines().forEach(line -> out.println("    " + line));
        }
        report.tried().stream().filter(tried -> tried.failure() == null).forEach(tried -> {
            out.println("`" + tried.route() + "`, tried with a sample:");
            tried.steps().forEach(step -> out.println("    " + step));
        });
        long untouched = report.differences().stream()
                .filter(difference -> difference.kind() == Difference.Kind.UNTOUCHED).count();
        out.println(report.passed() ? "It may be applied; " + untouched + " routes stay as they are."
                : "It can't be applied as it is.");
    }
}
