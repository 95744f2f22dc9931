package ledger;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/** Work in one transaction. PostgreSQL ends one of two that wait for each other; that one starts again. */
final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private static final int ATTEMPTS = 3;

    private final TransactionTemplate transaction;

    Transactions(TransactionTemplate transaction) {
        this.transaction = transaction;
    }

    /** @param work done once, or again from its beginning after it was rolled back; must keep nothing of its first run */
    <T> T run(Supplier<T> work) {
        for (int attempt = 1;; attempt++) {
            try {
                return transaction.execute(status -> work.get());
            } catch (ConcurrencyFailureException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.info("a batch lost a race and starts again, attempt {} of {}: {}", attempt + 1, ATTEMPTS,
                        e.getMostSpecificCause().getMessage());
            }
        }
    }
}
