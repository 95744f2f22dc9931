package cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The commands that change the running routes. Each requires a reason, which the hub keeps with the revision. */
final class Acts {

    private static final String OWED = "What becomes of orders that are owed over an arrow which this takes out: keep them, "
            + "to be handed over if it is added again, or drop them. Refused without it if there are any.";

    private Acts() {
    }

    abstract static class Act extends RemoteCommand {

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for whoever asks later.")
        String reason;

        @Override
        void print(JsonNode answer, PrintWriter out) {
            out.println("revision " + answer.get("revision") + " is in force; the other hubs follow within seconds");
        }
    }

    /** An edit by route files. It is applied only to the revision that its differences were printed against. */
    abstract static class Edit extends Act {

        @Option(names = "--base", paramLabel = "N", description = {"The revision that you made it from, as diff names it: "
            + "refused if another is in force by then.", "Without it, the one that is in force as the command begins."})
        private Long base;

        JsonNode edit(RemoteHub hub, String act, Map<String, ?> edit) throws IOException, InterruptedException {
            Comparison comparison = Comparison.of(edit, hub);
            comparison.printDifferences(aside());
            Map<String, Object> all = new HashMap<>(edit);
            all.put("reason", reason);
            all.put("base", base == null ? comparison.revision() : base);
            return hub.post("/api/routes/" + act, all);
        }
    }

    @Command(name = "apply", description = {"Runs these files instead of those of their names, on all hubs.",
        "All of it or none: routes that are the same are not touched, and what ran before runs on if one can't start."})
    static final class ApplyCommand extends Edit {

        @Parameters(arity = "0..*", paramLabel = "FILE")
        private List<Path> files = List.of();

        @Option(names = "--remove", paramLabel = "NAME", description = "A file to take out, as in loyalty.yaml; may be repeated.")
        private List<String> remove = List.of();

        @Option(names = "--owed", paramLabel = "keep|drop", description = OWED)
        private String owed;

        @Override
        JsonNode ask(RemoteHub hub) throws IOException, InterruptedException {
            Map<String, Object> edit = new HashMap<>(Map.of("files", FileArguments.read(files), "remove", remove));
            edit.put("owed", owed);
            return edit(hub, "apply", edit);
        }
    }

    @Command(name = "tune", description = {"Runs these files, as apply does, if they differ from what runs in nothing but how "
            + "much, how often and how long.", "An operator's token is enough for it."})
    static final class TuneCommand extends Edit {

        @Parameters(arity = "1..*", paramLabel = "FILE")
        private List<Path> files;

        @Override
        JsonNode ask(RemoteHub hub) throws IOException, InterruptedException {
            return edit(hub, "tune", Map.of("files", FileArguments.read(files)));
        }
    }

    @Command(name = "rollback", description = "Runs a former revision again.")
    static final class RollbackCommand extends Act {

        @Parameters(paramLabel = "N", description = "The revision; 0 for the routes as shipped.")
        private long number;

        @Option(names = "--owed", paramLabel = "keep|drop", description = OWED)
        private String owed;

        @Override
        JsonNode ask(RemoteHub hub) throws IOException, InterruptedException {
            Map<String, Object> back = new HashMap<>(Map.of("reason", reason));
            back.put("owed", owed);
            return hub.post("/api/routes/revisions/" + number + "/rollback", back);
        }
    }

    @Command(name = "pause", description = "Lets a route rest on all hubs; nothing that it owes is lost.")
    static final class PauseCommand extends Act {

        @Parameters(paramLabel = "ID", description = "The route's.")
        private String id;

        @Override
        JsonNode ask(RemoteHub hub) throws IOException, InterruptedException {
            return hub.post("/api/routes/" + id + "/pause", Map.of("reason", reason));
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            out.println(id + " rests; the other hubs follow within seconds");
        }
    }

    @Command(name = "resume", description = "Lets a paused route run again on all hubs.")
    static final class ResumeCommand extends Act {

        @Parameters(paramLabel = "ID", description = "The route's.")
        private String id;

        @Override
        JsonNode ask(RemoteHub hub) throws IOException, InterruptedException {
            return hub.post("/api/routes/" + id + "/resume", Map.of("reason", reason));
        }

        @Override
        void print(JsonNode answer, PrintWriter out) {
            out.println(id + " runs; the other hubs follow within seconds");
        }
    }
}
