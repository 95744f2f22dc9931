package it.pulls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.EventType;
import contract.Json;
import contract.Kind;
import contract.Made;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import testbed.NeighbourAnswers;
import testbed.OrderLife;
import testbed.QuickPulls;
import testbed.SeparateHub;
import testbed.SharedHub;

/** A neighbour that writes in transactions: what it aborts was never said, and what it leaves open holds nobody's order. */
class OpenTransactionIT {

    private static final int PARTITION = 7;
    /** The lag is measured every fifteen seconds. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    private static SeparateHub alone;

    @BeforeAll
    static void start() {
        alone = new SeparateHub("transactions", QuickPulls.pulls());
    }

    @AfterAll
    static void end() {
        alone.close();
    }

    @Test
    void whatItsProducerAbortedWasNeverSaid() {
        alone.barista.answers("/tickets/states", request -> NeighbourAnswers.noTicketStates());
        OrderLife aborted = OrderLife.paid(alone.client(), alone.messages, Kind.PICKUP);
        OrderLife committed = OrderLife.paid(alone.client(), alone.messages, Kind.PICKUP);
        try (KafkaProducer<String, byte[]> producer = transactional()) {
            producer.beginTransaction();
            producer.send(made(aborted));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(made(committed));
            producer.commitTransaction();
        }

        committed.awaitSettled("MADE");
        assertThat(aborted.now().at("/make/state").asString()).isIn("PAID", "RECEIVED");
        assertThat(aborted.steps("made")).isEmpty();
    }

    @Test
    void whatStandsBehindAnOpenTransactionWaitsAndThePullBringsIt() {
        try (KafkaProducer<String, byte[]> producer = transactional()) {
            producer.beginTransaction();
            producer.send(made(OrderLife.paid(alone.client(), alone.messages, Kind.PICKUP)));
            producer.flush();

            alone.barista.answers("/orders", NeighbourAnswers::ticketsMade);
            OrderLife behind = OrderLife.paid(alone.client(), alone.messages, Kind.PICKUP).awaitMake("RECEIVED");
            alone.messages.send(made(behind));
            await().atMost(PATIENT).untilAsserted(() -> {
                assertThat(figure("hub_consumer_lag")).isGreaterThanOrEqualTo(2);
                assertThat(figure("hub_consumer_held_seconds")).isPositive();
            });
            assertThat(behind.steps("made")).isEmpty();

            alone.barista.answers("/tickets/states", NeighbourAnswers::made);
            behind.awaitSettled("MADE");
            assertThat(behind.steps("made")).isEmpty();
            producer.abortTransaction();
            behind.awaitStep("made", "DUPLICATE");
        }
        await().atMost(PATIENT).untilAsserted(() -> assertThat(figure("hub_consumer_held_seconds")).isZero());
    }

    /** Below zero before the hub has told it. */
    private static double figure(String name) {
        return alone.client().get("/metrics", SharedHub.VIEWER).text().lines()
                .filter(line -> line.startsWith(name + "{") && line.contains("arrow=\"made\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).findFirst()
                .orElse(-1);
    }

    private static ProducerRecord<String, byte[]> made(OrderLife life) {
        var event = CloudEventBuilder.v1().withId(UUID.randomUUID().toString()).withSource(URI.create("test"))
                .withType(EventType.MADE.type())
                .withData("application/json", Json.write(new Made(life.id(), life.ticketId(), Instant.now()))).build();
        ProducerRecord<String, byte[]> any =
                KafkaMessageFactory.<String>createWriter("lucky_made_topic", life.id()).writeBinary(event);
        return new ProducerRecord<>(any.topic(), PARTITION, any.key(), any.value(), any.headers());
    }

    private static KafkaProducer<String, byte[]> transactional() {
        KafkaProducer<String, byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", alone.brokers(),
                "transactional.id", UUID.randomUUID().toString()), new StringSerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }
}
