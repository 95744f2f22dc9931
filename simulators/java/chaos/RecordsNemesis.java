package chaos;

import contract.EventType;
import contract.ExpressChanged;
import embedded.Wait;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import simulators.wire.Ids;
import simulators.wire.Topic;
import simulators.wire.TopicEvent;

/** Harmful records that another producer writes to the hubs' topics. */
enum RecordsNemesis implements Nemesis {

    /**
     * Events that deliveries under way have failed, in a transaction that is aborted: applied, they would end the
     * deliveries.
     */
    OF_AN_ABORTED_TRANSACTION {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            try (KafkaProducer<String, byte[]> producer = cluster.kafka().transactional(TRANSACTION)) {
                int events = begin(cluster, producer);
                // Long enough for a hub that doesn't wait for the commit to read them.
                Wait.lasting(BEFORE_THE_ABORT);
                producer.abortTransaction();
                return events + " events were written and aborted";
            } catch (KafkaException e) {
                throw new NoEffect("the transaction failed: " + e.getMessage());
            }
        }
    },

    /** The producer is gone without commit or abort, until another one with the same transactional id aborts for it. */
    OF_A_HANGING_TRANSACTION {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            try {
                KafkaProducer<String, byte[]> gone = cluster.kafka().transactional(TRANSACTION);
                int events;
                try {
                    events = begin(cluster, gone);
                } finally {
                    // Without telling the broker.
                    gone.close(Duration.ZERO);
                }
                Wait.lasting(HANGS_FOR);
                long behind = cluster.kafka().behindOpenTransactions(Topic.ORDER_EXPRESS);
                try (KafkaProducer<String, byte[]> successor = cluster.kafka().transactional(TRANSACTION)) {
                    successor.initTransactions();
                }
                if (behind <= events) {
                    throw new NoEffect("nothing stood behind the " + events + " events of the transaction");
                }
                return (behind - events) + " records stood behind " + events + " of a transaction that hung for "
                        + HANGS_FOR.toSeconds() + " s";
            } catch (KafkaException e) {
                throw new NoEffect("the transaction failed: " + e.getMessage());
            }
        }
    },

    /** One record of zeros, which compresses to some kB. */
    OF_TENS_OF_MEGABYTES {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            return write(cluster, List.of(new ProducerRecord<>(Topic.MADE, "chaos-large", new byte[TENS_OF_MEGABYTES])));
        }
    },

    /**
     * Records of random bytes, which stay large when compressed, and records of zeros, which are large only when
     * unpacked.
     */
    OF_A_MEGABYTE_EACH {
        @Override
        public String strike(Cluster cluster, SplittableRandom chance) {
            byte[] noise = new byte[MEGABYTE];
            chance.nextBytes(noise);
            List<byte[]> bodies = Stream.concat(Collections.nCopies(NOISE, noise).stream(),
                    Collections.nCopies(ZEROS, new byte[MEGABYTE]).stream()).toList();
            return write(cluster, IntStream.range(0, bodies.size()).mapToObj(number -> new ProducerRecord<>(
                    Topic.MAKING_STARTED, "chaos-large-" + number, bodies.get(number))).toList());
        }
    };

    private static final String TRANSACTION = "chaos";
    private static final int MOST_EVENTS = 20;
    private static final Duration BEFORE_THE_ABORT = Duration.ofSeconds(1);
    private static final Duration HANGS_FOR = Duration.ofSeconds(10);
    private static final int TENS_OF_MEGABYTES = 32_000_000;
    /** Bytes; below the broker's limit, which is a little above a MiB. */
    private static final int MEGABYTE = 1_000_000;
    private static final int NOISE = 30;
    private static final int ZEROS = 60;
    private static final Duration LONGEST_UNUSED = Duration.ofSeconds(10);
    private static final Duration LOOKED_AT = Duration.ofSeconds(8);

    /** Deliveries, because only an event of dispatch can put them into the state that the records report. */
    private static final String UNDER_WAY = """
            SELECT id FROM orders WHERE kind = 'DELIVERY' AND make <> 'CONFIRMED' AND cancel = 'NONE'
            AND settlement IS NULL ORDER BY confirmed_at DESC LIMIT\s""" + MOST_EVENTS;

    @Override
    public String title() {
        return "records " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public Duration usualLength(ChaosPlan plan) {
        return switch (this) {
            case OF_AN_ABORTED_TRANSACTION -> BEFORE_THE_ABORT.plusSeconds(1);
            case OF_A_HANGING_TRANSACTION -> HANGS_FOR.plusSeconds(1);
            case OF_TENS_OF_MEGABYTES, OF_A_MEGABYTE_EACH -> LOOKED_AT.plusSeconds(1);
        };
    }

    /** @return how many events are in the transaction */
    private static int begin(Cluster cluster, KafkaProducer<String, byte[]> producer) {
        List<String> orders = orders(cluster);
        producer.initTransactions();
        producer.beginTransaction();
        orders.forEach(order -> producer.send(failed(order).toRecord("dispatch")));
        producer.flush();
        return orders.size();
    }

    private static List<String> orders(Cluster cluster) {
        List<String> orders = new ArrayList<>();
        // At the start of a run, and after another nemesis, it may take a while until a delivery is under way.
        if (!Wait.until(() -> orders.addAll(underWay(cluster)), LONGEST_UNUSED)) {
            throw new NoEffect("no delivery was under way");
        }
        return orders;
    }

    private static List<String> underWay(Cluster cluster) {
        try {
            return cluster.database().ask(UNDER_WAY);
        } catch (SQLException e) {
            throw new NoEffect("the database could not be asked: " + e.getMessage());
        }
    }

    private static TopicEvent failed(String orderId) {
        Instant now = Instant.now();
        String noteId = Ids.numbered("N", 1, orderId);
        return TopicEvent.of(Topic.ORDER_EXPRESS, noteId + "-aborted", EventType.EXPRESS_CHANGED, orderId,
                new ExpressChanged(orderId, noteId, 1, ExpressChanged.State.FAILED, null, null, now), now)
                .withTag("luckyorder_express");
    }

    /**
     * Writes the records and gives the hubs time to read them; {@link ConsumerGroups#unread} checks later whether they
     * did.
     */
    private static String write(Cluster cluster, List<ProducerRecord<String, byte[]>> records) {
        try {
            String where = cluster.kafka().sendAll(records, "gzip").toString();
            Wait.lasting(LOOKED_AT);
            return records.size() + " records, of " + records.get(0).value().length / MEGABYTE + " MB each, were written; "
                    + "the last of them " + where;
        } catch (IllegalStateException e) {
            throw new NoEffect(e.getMessage() + ": " + e.getCause());
        }
    }
}
