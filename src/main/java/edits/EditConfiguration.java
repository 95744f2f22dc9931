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

/** What edits are made of, by the settings below {@code hub.routes}. */
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
    RouteEditor editing(CamelContext camel, RouteOrder order, EntryGate gate, RevisionRows rows, JdbcClient jdbc,
                    PlatformTransactionManager transactions,
                    Audit audit, Environment environment, @Value("${hub.routes.hosts}") Set<String> hosts,
                    @Value("${hub.routes.brokers}") Set<String> brokers,
                    @Value("${hub.routes.addresses}") Set<String> addresses,
                    @Value("${hub.routes.topics}") List<String> topics) {
        RoutePolicy allowance = new RoutePolicy(hosts, brokers, addresses, topics, name ->
                Optional.ofNullable(environment.getProperty(name)), true);
        return new RouteEditor(allowance, new Deployment(camel, order, gate), new RouteTopics(camel), rows,
                new GuaranteedArrows(jdbc),
                new TransactionTemplate(transactions), audit);
    }

    @Bean
    RoutesCollector routesCollector(ApplicationContext context) {
        return new RouteFileCollector(context);
    }

    @Bean
    RevisionFollower routesInForce(RouteEditor editing, RevisionRows rows, Audit audit, @Value("${hub.routes.folder}") String folder,
                            @Value("${hub.routes.look-every}") Duration every) {
        return new RevisionFollower(editing, rows, new WatchedFolder(folder.isBlank() ? null : Path.of(folder), editing, rows, audit), every,
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
