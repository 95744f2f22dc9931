package edits;

import contract.Json;
import edits.rules.LocalizedMessage;
import edits.rules.RouteFile;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code revision}, {@code routes_in_force} and {@code hub_routes}. */
final class RevisionRows {

    private static final String IN_FORCE = "SELECT version, revision, paused FROM routes_in_force";

    /** Changes the row only if it is as it was read. */
    private static final String PUT_IN_FORCE = """
            UPDATE routes_in_force SET version = version + 1, revision = :revision, paused = :paused::text[]
            WHERE version = :version
            """;

    private static final String INSERT = """
            INSERT INTO revision (author, act, reason, base, files, difference, tried, applied, result)
            VALUES (:author, :act, :reason, :base, :files::json, :difference::json, :tried::json, :applied, :result)
            RETURNING number
            """;

    private static final String LIST = """
            SELECT number, at, author, act, reason, base, applied, result, difference FROM revision
            WHERE :after::bigint IS NULL OR number < :after ORDER BY number DESC LIMIT :limit
            """;

    private static final String ONE = """
            SELECT number, at, author, act, reason, base, applied, result, files, difference, tried FROM revision
            WHERE number = :number
            """;

    private static final String BEFORE = """
            SELECT coalesce(max(number), 0) FROM revision WHERE applied AND number < :number
            """;

    private static final String LAST_OF = """
            SELECT number, at, author, act, reason, base, applied, result, files, difference, tried FROM revision
            WHERE applied AND author = :author ORDER BY number DESC LIMIT 1
            """;

    private static final String SAY = """
            INSERT INTO hub_routes (hub, version, revision, trouble) VALUES (:hub, :version, :revision, :trouble)
            ON CONFLICT (hub) DO UPDATE SET version = excluded.version, revision = excluded.revision,
                trouble = excluded.trouble, seen_at = now()
            """;

    private static final String FORGET = "DELETE FROM hub_routes WHERE seen_at < now() - interval '1 day'";

    /** The hubs that are at work: each writes its row every few seconds. */
    private static final String HUBS = """
            SELECT hub, revision, version, trouble FROM hub_routes WHERE seen_at > now() - interval '20 seconds'
            ORDER BY hub
            """;

    private final JdbcClient jdbc;

    RevisionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param trouble why this hub doesn't run what is in force; null when it does */
    record HubState(String hub, long revision, long version, String trouble) {
    }

    InForce inForce() {
        return jdbc.sql(IN_FORCE).query((row, n) -> new InForce(row.getLong("version"), row.getLong("revision"),
                Arrays.asList((String[]) row.getArray("paused").getArray()))).single();
    }

    /** @return false when another edit has changed the row since it was read */
    boolean putInForce(long version, long revision, List<String> paused) {
        return jdbc.sql(PUT_IN_FORCE).param("version", version).param("revision", revision)
                .param("paused", paused.toArray(String[]::new)).update() == 1;
    }

    /** @param base the revision in force before */
    long insert(Edit edit, long base, EditReport report, boolean applied, String result) {
        return jdbc.sql(INSERT).param("author", edit.actor().name()).param("act", edit.act())
                .param("reason", edit.reason()).param("base", base)
                .param("files", json(edit.files())).param("difference", json(report.differences().stream()
                        .filter(difference -> difference.kind() != Difference.Kind.UNTOUCHED).toList()))
                .param("tried", json(report.tried())).param("applied", applied).param("result", result)
                .query(Long.class).single();
    }

    /** The newest first. @param after the number of the last of the page before; null for the first page */
    List<Revision> list(Long after, int limit) {
        return jdbc.sql(LIST).param("after", after).param("limit", limit)
                .query((row, n) -> revision(row, differences(row))).list();
    }

    Optional<Revision.Whole> find(long number) {
        return jdbc.sql(ONE).param("number", number).query((row, n) -> whole(row)).optional();
    }

    /** The number of the newest earlier revision that was in force; 0, the routes as shipped, when there is none. */
    long before(long number) {
        return jdbc.sql(BEFORE).param("number", number).query(Long.class).single();
    }

    /** The newest revision of this author that was in force. */
    Optional<Revision.Whole> lastOf(String author) {
        return jdbc.sql(LAST_OF).param("author", author).query((row, n) -> whole(row)).optional();
    }

    void say(String hub, long version, long revision, String trouble) {
        jdbc.sql(SAY).param("hub", hub).param("version", version).param("revision", revision).param("trouble", trouble)
                .update();
        jdbc.sql(FORGET).update();
    }

    List<HubState> hubs() {
        return jdbc.sql(HUBS).query((row, n) -> new HubState(row.getString("hub"), row.getLong("revision"),
                row.getLong("version"), row.getString("trouble"))).list();
    }

    private static Revision.Whole whole(ResultSet row) throws SQLException {
        List<Difference> differences = differences(row);
        return new Revision.Whole(revision(row, differences), List.of(read(row.getString("files"), RouteFile[].class)),
                differences, read(row.getString("tried"), EditReport.Tried[].class));
    }

    private static Revision revision(ResultSet row, List<Difference> differences) throws SQLException {
        return new Revision(row.getLong("number"), row.getTimestamp("at").toInstant(), row.getString("author"),
                row.getString("act"), row.getString("reason"), row.getLong("base"), row.getBoolean("applied"),
                row.getString("result"), differences.stream().flatMap(each -> each.words().stream())
                .map(LocalizedMessage::toString).toList());
    }

    private static List<Difference> differences(ResultSet row) throws SQLException {
        return List.of(read(row.getString("difference"), Difference[].class));
    }

    private static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static <T> T read(String json, Class<T> type) {
        return Json.readFiles(json.getBytes(StandardCharsets.UTF_8), type);
    }
}
