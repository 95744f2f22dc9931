package routes.commit;

import java.util.List;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionException;

/**
 * Tells failures of the database from those of a message: the database can't be reached, has no room, has the rows locked,
 * or takes no writes while a standby takes over. Nothing was written then, and the same will succeed later.
 */
public final class DatabaseOutage {

    /**
     * Classes of SQLSTATE for which Spring has no exception: 25 has {@code read_only_sql_transaction}, 55 has
     * {@code lock_not_available}.
     */
    private static final List<String> CLASSES = List.of("25", "55");

    private DatabaseOutage() {
    }

    /** Whether the failure is one of the database. */
    public static boolean isOne(Throwable failure) {
        if (failure instanceof UncategorizedSQLException e) {
            String state = e.getSQLException().getSQLState();
            return state != null && CLASSES.stream().anyMatch(state::startsWith);
        }
        return failure instanceof NonTransientDataAccessResourceException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof TransientDataAccessException
                || failure instanceof TransactionException;
    }
}
