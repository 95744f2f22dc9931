package edits;

import edits.rules.RoutePolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ledger.Audit;
import ledger.GuaranteedArrows;
import org.apache.camel.CamelContext;
import org.apache.camel.main.RoutesCollector;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import routes.figures.RouteOrder;
import routes.http.EntryGate;

/** The beans of this room, by the settings below {@code hub.routes}. */
@Configuration
class EditConfiguration {

    @Bean
    RevisionRows revisionRows(JdbcClient jdbc) {
        return new RevisionRows(jdbc);
    }

    @Bean
    EntryGate entryGate() {
        return new EntryGate();
    }

    @Bean
    Proposal proposal(Environment environment, @Value("${hub.routes.hosts}") Set<String> hosts,
                      @Value("${hub.routes.brokers}") Set<String> brokers,
                      @Value("${hub.routes.addresses}") Set<String> addresses,
                      @Value("${hub.routes.topics}") List<String> topics) {
        return new Proposal(new RoutePolicy(hosts, brokers, addresses, topics, name ->
                Optional.ofNullable(environment.getProperty(name)), true));
    }

    @Bean
    Deployment deployment(CamelContext camel, RouteOrder order, EntryGate gate) {
        return new Deployment(camel, order, gate);
    }

    @Bean
    OwedArrows owedArrows(JdbcClient jdbc, PlatformTransactionManager transactions) {
        return new OwedArrows(new GuaranteedArrows(jdbc), new TransactionTemplate(transactions));
    }

    @Bean
    RevisionFollower revisionFollower(Proposal proposal, Deployment deployment, RevisionRows rows, OwedArrows owed) {
        return new RevisionFollower(proposal, deployment, rows, owed);
    }

    @Bean
    RouteEditor routeEditor(Proposal proposal, Deployment deployment, RevisionFollower follower, CamelContext camel,
                            RevisionRows rows, OwedArrows owed, PlatformTransactionManager transactions, Audit audit) {
        return new RouteEditor(proposal, deployment, follower, new RouteTopics(camel), rows, owed,
                new TransactionTemplate(transactions), audit);
    }

    @Bean
    RoutesCollector routesCollector(ApplicationContext context) {
        return new RouteFileCollector(context);
    }

    @Bean
    RevisionTasks routesInForce(RouteEditor editor, RevisionFollower follower, RevisionRows rows, Audit audit,
                                @Value("${hub.routes.folder}") String folder,
                                @Value("${hub.routes.look-every}") Duration every) {
        return new RevisionTasks(follower, rows,
                new WatchedFolder(folder.isBlank() ? null : Path.of(folder), editor, follower, rows, audit), every,
                host() + "-" + UUID.randomUUID().toString().substring(0, 6));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "hub";
        }
    }
}
