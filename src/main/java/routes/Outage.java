package routes;

import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionException;

/**
 * Tells the database's failures from a message's: it can't be reached, has no room, is busy with another batch, or takes
 * no writes while a standby takes over. Nothing has happened then, and the same will succeed later.
 */
final class Outage {

    /** {@code read_only_sql_transaction} and its like, which Spring has no name for. */
    private static final String INVALID_TRANSACTION_STATE = "25";

    private Outage() {
    }

    static boolean isOne(Throwable failure) {
        if (failure instanceof UncategorizedSQLException e) {
            String state = e.getSQLException().getSQLState();
            return state != null && state.startsWith(INVALID_TRANSACTION_STATE);
        }
        return failure instanceof NonTransientDataAccessResourceException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof TransientDataAccessException
                || failure instanceof TransactionException;
    }
}
