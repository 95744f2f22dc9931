package ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Several statements as one text, which the driver sends in one exchange, with the parameters of all. */
record Statements(String sql, Map<String, Object> values) {

    /** @throws IllegalStateException when two have a parameter of the same name, whose values would be mixed up */
    static <T> Statements of(List<T> statements, Function<T, String> sql, Function<T, Map<String, ?>> values) {
        Map<String, Object> all = new HashMap<>();
        for (T statement : statements) {
            values.apply(statement).forEach((name, value) -> {
                if (all.containsKey(name)) {
                    throw new IllegalStateException("two statements of one exchange have a parameter :" + name
                            + "; give it another name in one of them");
                }
                all.put(name, value);
            });
        }
        return new Statements(statements.stream().map(sql).collect(Collectors.joining(";\n")), all);
    }
}
