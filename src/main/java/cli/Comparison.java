package cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What an edit would change of what a hub runs.
 *
 * @param revision that it was compared with; should another one have come in between, the hub takes the edit for none
 *                 that was made from this
 * @param report   as the hub gave it
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
