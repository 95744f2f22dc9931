package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The limits of this machine, each measured alone. The sum of the times is the least time of an order, and so gives an upper
 * bound of the rate.
 *
 * @param syncMicros  microseconds to write 8 kB and force them to disk
 * @param commits     one-row commits a second, by the number of clients
 * @param inserted    inserted rows a second, a hundred a statement
 * @param updated     updated rows a second, two hundred a statement
 * @param produced    records of 400 bytes a second to Kafka, {@code acks=all}
 * @param consumed    records a second from Kafka
 * @param exchanges   HTTP exchanges a second with an empty server
 */
record MachineLimits(double syncMicros, Map<Integer, Double> commits, double inserted, double updated, double produced,
              double consumed, double exchanges) {

    /** Transitions of a pickup order after the callback: ticket known, started, made. A delivery has six more. */
    private static final double TRANSITIONS = 3;
    private static final double TRANSITIONS_OF_DELIVERY = 6;
    /**
     * Messages of a pickup order: to the barista, started, made. A delivery has five more: to dispatch, and four from it.
     */
    private static final double MESSAGES = 3;
    private static final double MESSAGES_OF_DELIVERY = 5;

    static MachineLimits measured(BenchCluster cluster, Duration each) {
        double sync = sync(each);
        DatabaseLimits database = new DatabaseLimits(cluster, each);
        Map<Integer, Double> commits = new LinkedHashMap<>();
        for (int clients : new int[] {1, 8, 32}) {
            commits.put(clients, database.commits(clients));
        }
        KafkaLimits kafka = new KafkaLimits(cluster.brokers(), each);
        MachineLimits limits = new MachineLimits(sync, commits, database.inserts(100), database.updates(200),
                kafka.produced(), kafka.consumed(), HttpLimit.measured(each));
        cluster.drop(DatabaseLimits.NAME);
        return limits;
    }

    /**
     * The upper bound in orders a second from callback to settled: one exchange and one commit for the callback, a
     * batched row for each further transition, and each message in and out; nothing else.
     *
     * @param delivery share of the orders
     */
    double ordersPerSecond(double delivery) {
        double messages = MESSAGES + MESSAGES_OF_DELIVERY * delivery;
        double commit = commits.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return 1 / (1 / exchanges + 1 / commit + (TRANSITIONS + TRANSITIONS_OF_DELIVERY * delivery) / updated
                + messages / produced + messages / consumed);
    }

    Map<String, Object> json(double delivery) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("syncMicros", BenchReport.rounded(syncMicros));
        Map<String, Object> byClients = new LinkedHashMap<>();
        commits.forEach((clients, perSecond) -> byClients.put("" + clients, BenchReport.rounded(perSecond)));
        json.put("commitsPerSecondByClients", byClients);
        json.put("insertedRowsPerSecond", BenchReport.rounded(inserted));
        json.put("updatedRowsPerSecond", BenchReport.rounded(updated));
        json.put("kafkaProducedPerSecond", BenchReport.rounded(produced));
        json.put("kafkaConsumedPerSecond", BenchReport.rounded(consumed));
        json.put("httpPerSecond", BenchReport.rounded(exchanges));
        json.put("ordersPerSecond", BenchReport.rounded(ordersPerSecond(delivery)));
        return json;
    }

    private static double sync(Duration time) {
        try {
            Path file = Files.createTempFile(Path.of(System.getProperty("bench.directory")), "sync", null);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer block = ByteBuffer.allocateDirect(8_192);
                // Extended before the measurement, as segments of the write-ahead log are.
                channel.write(block, 8_192 * 127);
                channel.force(true);
                long start = System.nanoTime();
                int times = 0;
                for (; System.nanoTime() - start < time.toNanos(); times++) {
                    block.clear();
                    channel.write(block, 8_192L * (times % 128));
                    channel.force(false);
                }
                return (System.nanoTime() - start) / 1e3 / times;
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
