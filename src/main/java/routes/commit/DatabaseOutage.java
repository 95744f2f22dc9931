package routes.commit;

import java.util.List;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionException;

/**
 * Tells the database's failures from a message's: it can't be reached, has no room, is busy with another batch, or takes
 * no writes while a standby takes over. Nothing has happened then, and the same will succeed later.
 */
public final class DatabaseOutage {

    /**
     * What Spring has no name for: {@code read_only_sql_transaction} and its like, and {@code lock_not_available} and its
     * like.
     */
    private static final List<String> CLASSES = List.of("25", "55");

    private DatabaseOutage() {
    }

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
