package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import routes.message.EventSerializer;

class LastingProducerTest {

    private final List<MockProducer<Object, Object>> made = new CopyOnWriteArrayList<>();
    private final Producer<Object, Object> producer = LastingProducer.of(() -> {
        MockProducer<Object, Object> one = new MockProducer<>(false, null, new EventSerializer(), new EventSerializer());
        made.add(one);
        return one;
    });

    @Test
    void oneThatCantGoOnIsMadeAnewAndTheOldOneIsClosed() {
        for (RuntimeException end : List.of(new ClusterAuthorizationException("no right"),
                new ProducerFencedException("fenced"))) {
            int before = made.size();
            send();
            made.get(before - 1).errorNext(end);

            await().untilAsserted(() -> {
                send();
                assertThat(made).hasSize(before + 1);
            });
            await().until(() -> made.get(before - 1).closed());
            assertThat(made.get(before).history()).hasSize(1);
        }
    }

    @Test
    void whatPassesOrIsWrongWithARecordEndsNoProducer() {
        for (RuntimeException failure : List.of(new TimeoutException("away"), new RecordTooLargeException("too large"))) {
            send();
            made.get(0).errorNext(failure);
        }
        send();
        assertThat(made).hasSize(1);
        assertThat(made.get(0).history()).hasSize(3);
    }

    @Test
    void whoSendsLearnsOfTheFailure() {
        List<Exception> told = new CopyOnWriteArrayList<>();
        producer.send(new ProducerRecord<>("topic", "key"), (where, failure) -> told.add(failure));
        ClusterAuthorizationException end = new ClusterAuthorizationException("no right");
        made.get(0).errorNext(end);

        assertThat(told).containsExactly(end);
    }

    private void send() {
        producer.send(new ProducerRecord<>("topic", "key"));
    }
}
