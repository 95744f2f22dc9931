package chaos;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many steps pushes and pulls applied, by the hub's own timeline. They show what a run has met; no promise is judged by
 * them.
 *
 * @param byPush   number of steps that were applied by push, by arrow
 * @param byPull   number of steps that were applied by pull, by pull
 * @param outcomes every outcome that occurred
 */
record RepairFigures(Map<String, Long> byPush, Map<String, Long> byPull, Set<String> outcomes) {

    private static final String FIGURES = """
            SELECT arrow, way, outcome, count(*) FROM timeline GROUP BY arrow, way, outcome
            """;
    private static final String PARKED = "SELECT count(*) FROM parked";

    static RepairFigures of(DatabaseServer database) {
        Map<String, Long> byPush = new TreeMap<>();
        Map<String, Long> byPull = new TreeMap<>();
        Set<String> outcomes = new HashSet<>();
        HubArguments.PULLS.forEach(pull -> byPull.put("pull-" + pull, 0L));
        try (Connection connection = database.connect(); Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(FIGURES)) {
                while (rows.next()) {
                    outcomes.add(rows.getString(3));
                    if (rows.getString(3).equals("APPLIED")) {
                        (rows.getString(2).equals("PULL") ? byPull : byPush)
                                .merge(rows.getString(1), rows.getLong(4), Long::sum);
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery(PARKED)) {
                rows.next();
                if (rows.getLong(1) > 0) {
                    outcomes.add("PARKED");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger's figures can't be read", e);
        }
        return new RepairFigures(byPush, byPull, outcomes);
    }
}
