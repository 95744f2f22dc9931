package hub;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Makes a failure of the database at the start one sentence instead of a long stack trace. */
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

    /** The pool's exception says that there is no connection; its innermost SQL exception holds the server's reason. */
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
