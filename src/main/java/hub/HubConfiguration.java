package hub;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import ledger.Announcer;
import ledger.Audit;
import ledger.Ledger;
import ledger.OrderQueries;
import ledger.ParkedMessages;
import ledger.WorkQueues;
import ledger.order.Patience;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger, and the listeners that it announces changes to. */
@Configuration
class HubConfiguration {

    @Bean
    Ledger orderLedger(NamedParameterJdbcOperations jdbc, PlatformTransactionManager transactions, HubSettings settings,
                       List<Announcer> announcers) {
        return new Ledger(jdbc, new TransactionTemplate(transactions),
                // How long each side may be silent is an option of the pulls' routes.
                new Patience(Map.of(), settings.patience().unpaid(), settings.patience().early()),
                (change, orders) -> announcers.forEach(announcer -> announcer.announce(change, orders)));
    }

    @Bean
    WorkQueues workQueues(NamedParameterJdbcOperations jdbc, PlatformTransactionManager transactions) {
        return new WorkQueues(jdbc, new TransactionTemplate(transactions));
    }

    @Bean
    OrderQueries orderQueries(NamedParameterJdbcOperations jdbc) {
        return new OrderQueries(jdbc);
    }

    @Bean
    ParkedMessages parkedMessages(Ledger ledger, Audit audit) {
        return new ParkedMessages(ledger, audit);
    }

    @Bean
    Audit audit(JdbcClient jdbc) {
        return new Audit(jdbc);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
