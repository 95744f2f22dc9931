package bench.outbox;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The relay: sends the rows of the outbox, oldest first, and deletes them when the broker has acknowledged them. */
final class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final long POLL_MILLIS = 100;

    private static final String NEXT = """
            SELECT id, topic, type, event, key, body FROM outbox ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED
            """;
    private static final String DELETE = "DELETE FROM outbox WHERE id = ANY(?)";

    private final DataSource database;
    private final KafkaProducer<String, byte[]> producer;
    private final int rows;
    private final Semaphore work = new Semaphore(0);

    /** @param rows most rows of a transaction, 1 or more */
    Relay(DataSource database, String brokers, int rows) {
        this.database = database;
        this.rows = rows;
        // A relay of single rows has nothing to wait for.
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers, "acks", "all",
                "enable.idempotence", "true", "linger.ms", rows > 1 ? "2" : "0"), new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Has the relay look at the table at once. */
    void wake() {
        work.release();
    }

    void start() {
        new Thread(this::run, "relay").start();
    }

    private void run() {
        try {
            while (true) {
                // Looks every 100 ms also unasked, because a process may have ended between its commit and the wake-up.
                if (work.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    work.drainPermits();
                }
                relayAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void relayAll() throws InterruptedException {
        try {
            while (relayed() == rows) {
                // A full batch: there may be more rows.
            }
        } catch (SQLException | ExecutionException e) {
            LOG.warn("the rows of the outbox could not be sent; they are retried", e);
        }
    }

    private int relayed() throws SQLException, ExecutionException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            List<Long> ids = new ArrayList<>();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            try (PreparedStatement next = connection.prepareStatement(NEXT)) {
                next.setInt(1, rows);
                try (ResultSet row = next.executeQuery()) {
                    while (row.next()) {
                        ids.add(row.getLong(1));
                        sent.add(producer.send(record(row)));
                    }
                }
            }
            for (Future<RecordMetadata> acknowledged : sent) {
                acknowledged.get();
            }
            if (!ids.isEmpty()) {
                try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                    delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
                    delete.executeUpdate();
                }
            }
            connection.commit();
            return ids.size();
        }
    }

    private static ProducerRecord<String, byte[]> record(ResultSet row) throws SQLException {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(row.getString(2), row.getString(5), row.getBytes(6));
        Map.of("ce_specversion", "1.0", "ce_id", row.getString(4), "ce_source", "outbox", "ce_type", row.getString(3),
                        "ce_time", Instant.now().toString(), "content-type", "application/json")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
