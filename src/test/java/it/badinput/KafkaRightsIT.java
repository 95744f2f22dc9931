package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Kind;
import embedded.Broker;
import embedded.Ports;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaConsumer;
import org.apache.camel.component.kafka.KafkaFetchRecords;
import org.apache.camel.component.kafka.PollExceptionStrategy;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import testbed.HubClient;
import testbed.Messages;
import testbed.OrderLife;
import testbed.SharedHub;

/** A broker that asks who is there and what they may: the hub has just the rights of docs/operating.md. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(OutputCaptureExtension.class)
class KafkaRightsIT {

    private static final Duration PATIENT = Duration.ofSeconds(90);
    private static final String SECRET = "the-hub-s-secret-at-the-broker";

    private static final List<String> READ = List.of("lucky_making_started_topic", "lucky_made_topic",
            "lucky_order_express_topic", "lucky_cancel_outcome_topic");
    private static final List<String> WRITTEN = List.of("lucky_order_to_barista_topic", "lucky_order_changed_topic",
            "lucky_cancel_making_topic");
    private static final AclBinding GROUPS = right(ResourceType.GROUP, "lucky-hub-", PatternType.PREFIXED, AclOperation.READ);

    @TempDir
    private static Path directory;

    private static Broker broker;
    private static Admin admin;
    private static Messages messages;
    private static ConfigurableApplicationContext hub;
    /** What is written, and not an appender's list: Spring takes all appenders away when it starts a hub after another ended. */
    private static CapturedOutput output;

    @BeforeAll
    static void start(CapturedOutput captured) throws Exception {
        output = captured;
        SharedHub bed = SharedHub.shared();
        int port = Ports.free();
        broker = Broker.start(Broker.Settings.in(directory).behindProxy(port, port).with(Map.of(
                "listener.security.protocol.map", "CLIENTS:PLAINTEXT,PROXIED:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "SCRAM-SHA-256",
                "listener.name.proxied.scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                "connections.max.reauth.ms", "3000",
                "principal.builder.class", "org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder",
                "allow.everyone.if.no.acl.found", "false",
                "super.users", "User:ANONYMOUS")));
        admin = Admin.create(Map.of("bootstrap.servers", broker.brokers()));
        admin.createTopics(Stream.concat(READ.stream(), WRITTEN.stream())
                .map(name -> new NewTopic(name, 4, (short) 1)).toList()).all().get();
        admin.createAcls(rights().toList()).all().get();
        admin.createAcls(List.of(onTopic("lucky_absent_topic", AclOperation.DESCRIBE))).all().get();
        giveCredentials();
        messages = new Messages(broker.brokers());

        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", bed.database().createDatabase("rights"));
        properties.put("hub.kafka.brokers", "127.0.0.1:" + port);
        properties.put("hub.kafka.topics.lucky_absent_topic.partitions", "1");
        properties.put("hub.kafka.topics.lucky_absent_topic.retention", "1d");
        properties.put("hub.kafka.properties.security.protocol", "SASL_PLAINTEXT");
        properties.put("hub.kafka.properties.sasl.mechanism", "SCRAM-SHA-256");
        properties.put("hub.kafka.properties.sasl.jaas.config", "org.apache.kafka.common.security.scram.ScramLoginModule"
                + " required username=\"hub\" password=\"" + SECRET + "\";");
        hub = bed.startHub(properties);
    }

    /** As docs/operating.md has them. */
    private static Stream<AclBinding> rights() {
        return Stream.of(READ.stream().map(name -> onTopic(name, AclOperation.READ)),
                WRITTEN.stream().map(name -> onTopic(name, AclOperation.WRITE)), Stream.of(GROUPS)).flatMap(each -> each);
    }

    private static AclBinding onTopic(String name, AclOperation operation) {
        return right(ResourceType.TOPIC, name, PatternType.LITERAL, operation);
    }

    private static AclBinding right(ResourceType type, String name, PatternType pattern, AclOperation operation) {
        return new AclBinding(new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:hub", "*", operation, AclPermissionType.ALLOW));
    }

    private static void giveCredentials() throws Exception {
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion("hub",
                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), SECRET))).all().get();
    }

    @AfterAll
    static void end() {
        hub.close();
        messages.close();
        admin.close();
        broker.close();
    }

    @AfterEach
    void theHubHasItsRights() throws Exception {
        admin.createAcls(rights().toList()).all().get();
        giveCredentials();
        awaitHealth(Status.UP);
    }

    @Test
    void withTheRightsThatAreWrittenDownAnOrderGoesAllItsWay() {
        assertAnOrderGoesAllItsWay();

        await().atMost(PATIENT).untilAsserted(() -> assertThat(metrics()).contains("hub_consumer_reading{arrow=\"made\"",
                "hub_consumer_lag{arrow=\"made\""));
        assertThat(WRITTEN).as("they are there, so that none has to be created").allMatch(topic -> said("CREATE on TOPIC " + topic) == 0);
    }

    /** Before the others, after whose troubles it would be named again. */
    @Test
    @Order(1)
    void anAbsentTopicThatMayNotBeCreatedIsNamedOnceWithTheRightAndCreatedWhenItMay() throws Exception {
        String words = "lacks the right CREATE on TOPIC lucky_absent_topic";
        await().atMost(PATIENT).untilAsserted(() -> assertThat(said(words)).isOne());

        admin.createAcls(List.of(onTopic("lucky_absent_topic", AclOperation.CREATE))).all().get();

        await().atMost(PATIENT).untilAsserted(() -> assertThat(said("all topics are there")).isOne());
        assertThat(admin.describeTopics(List.of("lucky_absent_topic")).allTopicNames().get()).hasSize(1);
        assertThat(said(words)).isOne();
    }

    @Test
    void consumersWhoseGroupMayNotBeReadGoOnWhenItMay() throws Exception {
        assertGoesOnAfter(() -> take(GROUPS), "GroupAuthorizationException");
    }

    @Test
    void aConsumerWhoseTopicMayNotBeReadGoesOnWhenItMay() throws Exception {
        assertGoesOnAfter(() -> take(onTopic("lucky_made_topic", AclOperation.READ)), "TopicAuthorizationException");
    }

    @Test
    void clientsWhoseCredentialsDoNotHoldGoOnWhenTheyDo() throws Exception {
        assertGoesOnAfter(() -> admin.alterUserScramCredentials(List.of(
                new UserScramCredentialDeletion("hub", ScramMechanism.SCRAM_SHA_256))).all().get(),
                "AuthenticationException");
    }

    /** The heartbeat's thread ends at the first refusal; what joins its group again without a second one needs another. */
    @Test
    void clientsWhoseCredentialsHoldAgainAtOnceAreMembersOfTheirGroupsAgain() throws Exception {
        for (int again = 0; again < 3; again++) {
            awaitHealth(Status.UP);
            admin.alterUserScramCredentials(List.of(
                    new UserScramCredentialDeletion("hub", ScramMechanism.SCRAM_SHA_256))).all().get();
            awaitHealth(Status.DOWN);

            giveCredentials();

            assertAnOrderGoesAllItsWay();
        }
    }

    @Test
    void aProducerThatMayNotWriteSendsWhenItMay() throws Exception {
        take(onTopic("lucky_order_to_barista_topic", AclOperation.WRITE));
        // The broker hears of it a moment after the admin client has its answer.
        await().atMost(PATIENT).untilAsserted(() -> {
            OrderLife refused = OrderLife.paid(client(), messages, Kind.PICKUP);
            await().until(() -> !refused.steps("push-order").isEmpty());
            assertThat(refused.steps("push-order")).contains("FAILED");
        });

        admin.createAcls(rights().toList()).all().get();

        assertThat(pushed().steps("push-order")).contains("SENT");
    }

    @Test
    void aConsumerWhoseThreadAnErrorEndedIsStartedAnew() throws Exception {
        KafkaConsumer made = (KafkaConsumer) hub.getBean(CamelContext.class).getRoute("made").getConsumer();
        List<?> threads = (List<?>) field(KafkaConsumer.class, "tasks").get(made);
        field(KafkaFetchRecords.class, "pollExceptionStrategy").set(threads.get(0), new OneError());

        await().atMost(PATIENT).untilAsserted(() -> assertThat(said("arrow=made has lost a thread")).isOne());
        OrderLife life = OrderLife.paid(client(), messages, Kind.PICKUP).made();

        await().atMost(PATIENT).untilAsserted(() -> assertThat(life.steps("made")).containsExactly("APPLIED"));
    }

    /** Ends a thread of Camel's where it asks whether to poll again. */
    private static final class OneError implements PollExceptionStrategy {

        private final AtomicBoolean thrown = new AtomicBoolean();

        @Override
        public boolean canContinue() {
            if (thrown.compareAndSet(false, true)) {
                throw new NoClassDefFoundError("as the test has it");
            }
            return true;
        }

        @Override
        public void handle(long offset, Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static Field field(Class<?> of, String name) throws NoSuchFieldException {
        Field field = of.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private interface Taking {
        void away() throws Exception;
    }

    private void assertGoesOnAfter(Taking taking, String why) throws Exception {
        awaitHealth(Status.UP);
        long before = said(why);
        taking.away();
        awaitHealth(Status.DOWN);
        assertThat(metrics()).containsPattern("hub_consumer_reading\\{arrow=\"made\"[^}]*} 0");
        assertThat(client().get("/readyz", null).status()).as("callbacks are taken as ever").isEqualTo(200);
        OrderLife meanwhile = OrderLife.paid(client(), messages, Kind.PICKUP).made();
        long lines = said(why);
        assertThat(lines - before).as("a line for each arrow and change, not for each try").isBetween(1L, 8L);

        theHubHasItsRights();

        await().atMost(PATIENT).untilAsserted(() -> assertThat(meanwhile.steps("made")).contains("APPLIED"));
        assertAnOrderGoesAllItsWay();
    }

    private static void assertAnOrderGoesAllItsWay() {
        OrderLife life = pushed();
        await().untilAsserted(() -> assertThat(messages.on("lucky_order_to_barista_topic", life.id())).hasSize(1));
        life.started().awaitMake("MAKING").made().awaitSettled("MADE");
    }

    /** The first of several orders whose push is sent: a push that meets a producer which was refused is left to the pull. */
    private static OrderLife pushed() {
        AtomicReference<OrderLife> sent = new AtomicReference<>();
        await().atMost(PATIENT).untilAsserted(() -> {
            OrderLife life = OrderLife.paid(client(), messages, Kind.PICKUP);
            await().until(() -> !life.steps("push-order").isEmpty());
            assertThat(life.steps("push-order")).contains("SENT");
            sent.set(life);
        });
        return sent.get();
    }

    private static void take(AclBinding right) throws Exception {
        admin.deleteAcls(List.of(right.toFilter())).all().get();
    }

    private static void awaitHealth(Status status) {
        await().atMost(PATIENT).untilAsserted(() -> assertThat(hub.getBean("consumers", HealthIndicator.class).health())
                .satisfies(health -> assertThat(health.getStatus()).as(health.toString()).isEqualTo(status)));
    }

    private static long said(String words) {
        return output.getOut().lines().filter(line -> line.contains("hub.Topics ") || line.contains("ConsumerWatch "))
                .filter(line -> line.contains(words)).count();
    }

    private static String metrics() {
        return client().get("/metrics", SharedHub.VIEWER).text();
    }

    private static HubClient client() {
        return SharedHub.shared().client(hub);
    }
}
