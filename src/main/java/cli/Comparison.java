package cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The differences between an edit and the running routes.
 *
 * @param revision the revision it was compared with; the hub refuses an edit whose base is no longer in force
 * @param report   the hub's report
 */
record Comparison(long revision, JsonNode report) {

    static Comparison of(Map<String, ?> edit, RemoteHub hub) throws IOException, InterruptedException {
        long revision = hub.get("/api/routes").get("revision").asLong();
        return new Comparison(revision, hub.post("/api/routes/check", edit));
    }

    void printDifferences(PrintWriter out) {
        report.get("findings").valueStream().filter(finding -> finding.get("severity").asString().equals("NOTE"))
                .forEach(note ->
                out.println("note: " + note.get("problem").asString() + "; " + note.get("change").asString()));
        for (JsonNode difference : report.get("differences")) {
            difference.get("words").forEach(word -> out.println(word.asString()));
            difference.get("lines").forEach(line -> out.println("    " + line.asString()));
        }
    }
}
