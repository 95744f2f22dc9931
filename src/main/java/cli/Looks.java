package cli;

import edits.rules.RouteFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The commands that only read: list, show, revisions, diff. */
final class Looks {

    private Looks() {
    }

    @Command(name = "list", description = "Lists the routes as they run, and what each hub runs.")
    static final class ListCommand extends RemoteCommand {

        @Override
        JsonNode ask(RemoteHub hub) throws IOException, InterruptedException {
            return hub.get("/api/routes");
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            for (JsonNode route : answer.get("routes")) {
                out.printf("%-8s %-24s %-10s %s%n", text(route, "state"), text(route, "id"), text(route, "group"),
                        text(route, "description"));
            }
            out.println("revision " + answer.get("revision") + (answer.get("trouble").isNull() ? ""
                    : ", not what is in force: " + text(answer, "trouble")));
            for (JsonNode hub : answer.get("hubs")) {
                out.println("hub " + text(hub, "hub") + " runs revision " + hub.get("revision")
                        + (hub.get("trouble").isNull() ? "" : ": " + text(hub, "trouble")));
            }
        }
    }

    @Command(name = "show", description = "Prints the route files in force, or those of a revision.")
    static final class ShowCommand extends RemoteCommand {

        @Parameters(arity = "0..1", paramLabel = "NAME", description = "Of one file, as in routes.yaml; all without it.")
        private String name;

        @Option(names = "--revision", paramLabel = "N", description = "Of this revision.")
        private Long revision;

        @Override
        JsonNode ask(RemoteHub hub) throws IOException, InterruptedException {
            return hub.get(revision == null ? "/api/routes/files" : "/api/routes/revisions/" + revision);
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            for (JsonNode file : answer.get("files")) {
                if (name == null) {
                    out.println("# " + text(file, "name"));
                }
                if (name == null || name.equals(text(file, "name"))) {
                    out.print(text(file, "text"));
                }
            }
            out.flush();
        }
    }

    @Command(name = "revisions", description = "Lists the edits that were tried, the newest first.")
    static final class RevisionsCommand extends RemoteCommand {

        @Override
        JsonNode ask(RemoteHub hub) throws IOException, InterruptedException {
            return hub.get("/api/routes/revisions");
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            for (JsonNode revision : answer.get("revisions")) {
                out.println(revision.get("number") + "  " + text(revision, "at") + "  " + text(revision, "author") + "  "
                        + text(revision, "act") + "  " + text(revision, "reason")
                        + (revision.get("applied").asBoolean() ? "" : "  NOT APPLIED: " + text(revision, "result")));
                revision.get("words").forEach(word -> out.println("    " + word.asString()));
            }
        }
    }

    @Command(name = "diff", description = "What files would change of what a hub runs; nothing is changed.")
    static final class DiffCommand extends RemoteCommand {

        @Parameters(arity = "1..*", paramLabel = "FILE")
        private List<Path> files;

        private Comparison comparison;

        @Override
        JsonNode ask(RemoteHub hub) throws IOException, InterruptedException {
            List<RouteFile> edited = FileArguments.read(files);
            comparison = Comparison.of(Map.of("files", edited), hub);
            return comparison.report();
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            for (JsonNode finding : answer.get("findings")) {
                if (!finding.get("severity").asString().equals("ERROR")) {
                    continue;
                }
                out.println(text(finding, "file") + ":" + finding.get("line") + ":" + finding.get("column") + ": "
                        + text(finding, "problem") + "; " + text(finding, "change") + "\n    " + text(finding, "text"));
            }
            comparison.printDifferences(out);
            out.println(answer.get("passed").asBoolean() ? "It may be applied to revision " + comparison.revision()
                    + "; with --base " + comparison.revision() + " to no other." : "It can't be applied as it is.");
        }

        @Override
        int code(JsonNode answer) {
            return answer.get("passed").asBoolean() ? 0 : ExitCode.REFUSED;
        }
    }
}
