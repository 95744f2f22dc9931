package ledger;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The conditions of a question and the values of their parameters. A condition is there or not, never "or null", so that
 * the planner finds the index that serves it.
 */
final class Conditions {

    private final StringBuilder sql = new StringBuilder("true");
    private final Map<String, Object> values = new LinkedHashMap<>();

    /**
     * One more condition, unless there is no value for it.
     *
     * @param condition with the parameter {@code :name}
     * @param value     null for none; a time is given as text, for the condition to cast
     */
    Conditions and(String condition, String name, Object value) {
        if (value != null) {
            and(condition).value(name, value);
        }
        return this;
    }

    /** One more condition, whose values stand in it: an index of some of the rows fits only a constant. */
    Conditions and(String condition) {
        sql.append(" AND ").append(condition);
        return this;
    }

    /** The value of a parameter that stands elsewhere in the statement. */
    Conditions value(String name, Object value) {
        values.put(name, value instanceof Instant time ? time.toString() : value);
        return this;
    }

    String sql() {
        return sql.toString();
    }

    Map<String, Object> values() {
        return values;
    }
}
