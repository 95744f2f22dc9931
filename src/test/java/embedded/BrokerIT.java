package embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerIT {

    private static final String TOPIC = "drinks";

    @TempDir
    private Path directory;

    @Test
    void recordsAndOffsetsSurviveARestart() throws Exception {
        try (Broker broker = Broker.start(Broker.Settings.in(directory))) {
            createTopic(broker.brokers());
            send(broker.brokers(), "latte", "mocha");
            assertThat(consume(broker.brokers(), 1)).containsExactly("latte");
        }
        try (Broker again = Broker.start(Broker.Settings.in(directory))) {
            assertThat(consume(again.brokers(), 1)).containsExactly("mocha");
        }
    }

    @Test
    void aTopicIsNotMadeByMereUse() {
        try (Broker broker = Broker.start(Broker.Settings.in(directory));
             Admin admin = Admin.create(Map.of("bootstrap.servers", broker.brokers()))) {
            assertThatThrownBy(() -> admin.describeTopics(List.of(TOPIC)).allTopicNames().get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void clientsOfTheProxiedListenerDoNotWalkAroundTheProxy() throws Exception {
        int behind = Ports.free();
        try (TcpProxy proxy = TcpProxy.before(behind);
             Broker broker = Broker.start(Broker.Settings.in(directory).behindProxy(behind, proxy.port()))) {
            createTopic(broker.brokers());
            String brokers = "127.0.0.1:" + proxy.port();
            send(brokers, "latte");

            proxy.cut();
            assertThatThrownBy(() -> send(brokers, "mocha")).isInstanceOf(ExecutionException.class);

            proxy.pass();
            send(brokers, "cortado");
            assertThat(consume(brokers, 2)).containsExactly("latte", "cortado");
        }
    }

    @Test
    void aRightCanBeTakenFromTheClientsOfTheProxiedListenerAlone() throws Exception {
        int behind = Ports.free();
        try (TcpProxy proxy = TcpProxy.before(behind);
             Broker broker = Broker.start(Broker.Settings.in(directory).behindProxy(behind, proxy.port()));
             Admin admin = Admin.create(Map.of("bootstrap.servers", broker.brokers()))) {
            createTopic(broker.brokers());
            String brokers = "127.0.0.1:" + proxy.port();

            admin.createAcls(List.of(new AclBinding(new ResourcePattern(ResourceType.TOPIC, TOPIC, PatternType.LITERAL),
                    new AccessControlEntry(Broker.PROXIED_USER, "*", AclOperation.WRITE, AclPermissionType.DENY))))
                    .all().get(30, TimeUnit.SECONDS);
            assertThatThrownBy(() -> send(brokers, "latte")).hasCauseInstanceOf(TopicAuthorizationException.class);
            send(broker.brokers(), "mocha");

            admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get(30, TimeUnit.SECONDS);
            send(brokers, "cortado");
            assertThat(consume(brokers, 2)).containsExactly("mocha", "cortado");
        }
    }

    private static void createTopic(String brokers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static void send(String brokers, String... values) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "acks", "all",
                "max.block.ms", "5000", "request.timeout.ms", "3000", "delivery.timeout.ms", "5000", "linger.ms", "0");
        try (KafkaProducer<String, String> producer =
                     new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(TOPIC, value)).get(30, TimeUnit.SECONDS);
            }
        }
    }

    /** Takes so many records as one group, and commits each. */
    private static List<String> consume(String brokers, int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "group.id", "kitchen",
                "auto.offset.reset", "earliest", "enable.auto.commit", "false", "max.poll.records", "1");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                     new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(200))) {
                    values.add(each.value());
                    consumer.commitSync();
                }
                return values.size() >= count;
            });
        }
        return values;
    }
}
