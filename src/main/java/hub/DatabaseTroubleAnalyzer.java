package hub;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** One sentence in place of the hundred lines in which it would stand. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatabaseTroubleAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private final Environment environment;

    DatabaseTroubleAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, SQLException cause) {
        String where = DatabaseTrouble.where(environment.getProperty("spring.datasource.url"),
                environment.getProperty("spring.datasource.username"));
        return DatabaseTrouble.inWords(innermost(cause), where)
                .map(sentence -> new FailureAnalysis(sentence, null, cause)).orElse(null);
    }

    /** A pool says in its own words that it has no connection, and why not in the server's. */
    private static SQLException innermost(SQLException failure) {
        SQLException innermost = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                innermost = sql;
            }
        }
        return innermost;
    }
}
