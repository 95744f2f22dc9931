package bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import simulators.wire.Topic;

/**
 * What became of a step's orders when nothing is in flight any more: by the ledger, and by the events of the neighbours.
 *
 * @param acknowledged  number of orders whose callback was answered 2xx
 * @param unsettled     ids of those of them that are not settled, by the ledger or by the neighbours
 * @param doubled       ids of orders that were made, or delivered, more than once
 * @param eventToLedger latency of the measured orders, in microseconds: from when the neighbour handed its last event to its
 *                      Kafka client to when the ledger had committed the transaction that applied it
 */
record StepOutcome(int acknowledged, List<String> unsettled, List<String> doubled, Histogram eventToLedger) {

    private static final long MICROS = 1_000;

    /** The neighbours' events about an order. */
    private static final class Reported {
        private int made;
        private int over;
        private long lastMillis;
    }

    /** @param since the end offsets of the topics before the step */
    static StepOutcome of(BenchCluster cluster, Subject subject, StepOrders orders, int firstMeasured,
                          Map<TopicPartition, Long> since) {
        Map<String, Reported> reported = new HashMap<>();
        BenchTopics.readSince(cluster.brokers(), since, record -> {
            if (orders.number(record.key()).isPresent()) {
                hear(reported.computeIfAbsent(record.key(), id -> new Reported()), record);
            }
        });
        List<String> unsettled = new ArrayList<>();
        List<String> doubled = new ArrayList<>();
        reported.forEach((id, words) -> {
            if (words.made > 1 || words.over > 1) {
                doubled.add(id);
            }
        });
        List<String> acknowledged = orders.acknowledged();
        Map<String, Boolean> good = new HashMap<>();
        Histogram latencies = Latencies.micros();
        try (Connection connection = cluster.connect(subject.url());
             PreparedStatement statement = connection.prepareStatement(subject.ends())) {
            statement.setString(1, orders.id(0));
            statement.setString(2, orders.id(orders.count()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String id = row.getString(1);
                    Reported words = reported.getOrDefault(id, new Reported());
                    boolean over = words.made > 0 && (!row.getBoolean(2) || words.over > 0) && row.getBoolean(3);
                    good.put(id, over);
                    if (over && orders.number(id).orElseThrow() >= firstMeasured) {
                        Latencies.record(latencies, (row.getLong(4) - words.lastMillis * MICROS) * MICROS);
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger can't be read", e);
        }
        acknowledged.stream().filter(id -> !good.getOrDefault(id, false)).forEach(unsettled::add);
        return new StepOutcome(acknowledged.size(), unsettled, doubled, latencies);
    }

    /** Whether every acknowledged order has settled, and once. */
    boolean isRight() {
        return unsettled.isEmpty() && doubled.isEmpty();
    }

    private static void hear(Reported reported, ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topic.MADE)) {
            reported.made++;
        } else {
            String body = new String(record.value(), StandardCharsets.UTF_8);
            if (!body.contains("\"DELIVERED\"") && !body.contains("\"FAILED\"")) {
                return;
            }
            reported.over++;
        }
        reported.lastMillis = Math.max(reported.lastMillis, record.timestamp());
    }
}
