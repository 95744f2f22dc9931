package routes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ledger.Ledger;
import ledger.WorkQueues;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.PollOnError;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.component.servlet.ServletComponent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import routes.call.Breakers;
import routes.call.CallComponent;
import routes.commit.EventApplier;
import routes.endpoint.GuaranteedComponent;
import routes.endpoint.LedgerComponent;
import routes.endpoint.PullComponent;
import routes.figures.ArrowFigures;
import routes.figures.LiveFigures;
import routes.figures.LiveServlet;
import routes.http.AllowedHeaders;
import routes.http.EntryBinding;
import routes.http.EntryServlet;
import routes.kafka.KafkaClients;
import routes.message.BoundedBodyDeserializer;
import routes.message.BoundedKeyDeserializer;
import routes.message.EventSerializer;

/** The Camel components that routes may use, with settings that lose nothing when a route leaves an option out. */
@Configuration
class CamelConfiguration {

    /** Camel finds its servlet by name among all of the JVM, where a test may run several hubs. */
    private final String servletName = "hub-" + UUID.randomUUID();

    @Bean("kafka")
    KafkaComponent kafka(@Value("${hub.kafka.brokers}") String brokers, Environment environment, KafkaClients clients) {
        KafkaConfiguration settings = new KafkaConfiguration();
        settings.setBrokers(brokers);
        settings.setHeaderFilterStrategy(AllowedHeaders.KAFKA);
        settings.setAdditionalProperties(new HashMap<>());
        Binder.get(environment).bind("hub.kafka.properties", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of()).forEach(settings.getAdditionalProperties()::put);
        reading(settings);
        writing(settings);

        KafkaComponent kafka = new KafkaComponent();
        kafka.setConfiguration(settings);
        kafka.setKafkaClientFactory(clients);
        kafka.setKafkaManualCommitFactory(new DefaultKafkaManualCommitFactory());
        // Tries for ever, until the broker comes back.
        kafka.setCreateConsumerBackoffMaxAttempts(0);
        kafka.setCreateConsumerBackoffInterval(1_000);
        return kafka;
    }

    /**
     * Reads in batches, whose offsets are committed after the ledger has their events. Nothing is lost only by three
     * settings together: no automatic commit, an explicit one, and stopping at an error.
     */
    private static void reading(KafkaConfiguration settings) {
        settings.setBatching(true);
        settings.setAutoCommitEnable(false);
        settings.setAllowManualCommit(true);
        settings.setBreakOnFirstError(true);
        // An exception that WatchedConsumer lets through is not one of Kafka's: the consumer is made anew.
        settings.setPollOnError(PollOnError.RECONNECT);
        settings.setAutoOffsetReset("earliest");
        settings.setMaxPollRecords(500);
        // Records of an aborted transaction are skipped. A transaction that is left open holds back the records behind it in
        // its partition until the broker aborts it; the pulls bring what they can meanwhile.
        settings.setIsolationLevel("read_committed");
        // A hub that was killed holds its partitions no longer than this.
        settings.setSessionTimeoutMs(10_000);
        settings.setHeartbeatIntervalMs(3_000);
        // A batch costs a transaction and an exchange with the broker, whether it has one record or many. So the broker
        // waits for more records before it answers, and Camel before it begins, for a tenth of a second in all. Camel looks
        // whether that time is over when a fetch comes back: each fetch takes half of it, or a batch would take it twice.
        settings.setFetchMinBytes(64 * 1024);
        settings.setFetchWaitMaxMs(50);
        settings.setPollTimeoutMs(100L);
        settings.setBatchingIntervalMs(100);
        // Four consumers hold what they have fetched at the same time, and each needs a part of one batch only.
        settings.setFetchMaxBytes(8 * 1024 * 1024);
        settings.setKeyDeserializer(BoundedKeyDeserializer.class.getName());
        settings.setValueDeserializer(BoundedBodyDeserializer.class.getName());
        // A topic that is created while the hub waits for it is found within this time.
        settings.getAdditionalProperties().putIfAbsent("metadata.max.age.ms", "10000");
    }

    private static void writing(KafkaConfiguration settings) {
        settings.setRequestRequiredAcks("all");
        settings.setEnableIdempotence(true);
        settings.setLingerMs(5);
        // Without this Camel gives each record of a batch the headers of none of them.
        settings.setBatchWithIndividualHeaders(true);
        // A push that hangs is given up soon, as the pull makes up for it.
        settings.setMaxBlockMs(2_000);
        settings.setRequestTimeoutMs(10_000);
        settings.setDeliveryTimeoutMs(30_000);
        settings.setKeySerializer("org.apache.kafka.common.serialization.StringSerializer");
        settings.setValueSerializer(EventSerializer.class.getName());
    }

    /**
     * Quartz, too, finds its scheduler by name among all of the JVM: hubs that shared one would end each other's ticks when
     * one of them stops.
     */
    @Bean("quartz")
    QuartzComponent quartz() {
        QuartzComponent quartz = new QuartzComponent();
        quartz.setProperties(Map.of("org.quartz.scheduler.instanceName", servletName,
                "org.quartz.threadPool.threadCount", "10", "org.quartz.threadPool.threadNamePrefix", "quartz"));
        return quartz;
    }

    @Bean("servlet")
    ServletComponent servlet() {
        ServletComponent servlet = new ServletComponent();
        servlet.setServletName(servletName);
        servlet.setHeaderFilterStrategy(AllowedHeaders.HTTP);
        return servlet;
    }

    @Bean
    EntryBinding entryBinding() {
        return new EntryBinding();
    }

    @Bean
    ServletRegistrationBean<CamelHttpTransportServlet> camelServlet() {
        ServletRegistrationBean<CamelHttpTransportServlet> servlet =
                new ServletRegistrationBean<>(new EntryServlet(), "/api/*");
        servlet.setName(servletName);
        servlet.setLoadOnStartup(1);
        return servlet;
    }

    @Bean
    LiveServlet live(ObjectProvider<LiveFigures> figures, ObjectProvider<CamelContext> camel) {
        return new LiveServlet(figures, camel);
    }

    @Bean
    ServletRegistrationBean<LiveServlet> liveServlet(LiveServlet live) {
        return new ServletRegistrationBean<>(live, "/api/live");
    }

    @Bean("call")
    CallComponent call(Breakers breakers) {
        return new CallComponent(breakers);
    }

    @Bean
    EventApplier applier(ObjectProvider<Ledger> ledger, ArrowFigures figures) {
        return new EventApplier(ledger::getObject, figures);
    }

    @Bean("ledger")
    LedgerComponent ledger(ObjectProvider<Ledger> ledger, WorkQueues queues, EventApplier applier, ArrowFigures figures) {
        return new LedgerComponent(ledger::getObject, queues, applier, figures);
    }

    @Bean("pull")
    PullComponent pull(LedgerComponent ledger) {
        return new PullComponent(ledger);
    }

    @Bean("guaranteed")
    GuaranteedComponent guaranteed(LedgerComponent ledger) {
        return new GuaranteedComponent(ledger);
    }

    @Bean
    CallbackVerifier callbackVerifier(@Value("${hub.callback.keys}") List<String> keys) {
        return new CallbackVerifier(keys);
    }

    @Bean
    RouteBuilder confirmOrder(ProducerTemplate camel, Ledger ledger, EventApplier applier) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:confirm-order").routeId("confirm-order").process(new ConfirmOrder(camel, ledger, applier));
            }
        };
    }
}
