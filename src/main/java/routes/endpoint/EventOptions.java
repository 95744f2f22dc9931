package routes.endpoint;

import java.time.Duration;
import java.util.Set;
import routes.message.KafkaRecord;

/** The options of {@code to: ledger:…}, as a route gives them: each setter is one. */
public final class EventOptions {

    private static final Duration LONGEST_LINGER = Duration.ofMillis(100);

    private int batch = 500;
    private Duration linger = Duration.ofMillis(5);
    private String tag;
    private Set<String> sources = Set.of();

    /** Events in one transaction, at most: 1 to 1000, 500 unless given. */
    public void setBatch(int batch) {
        this.batch = Batches.checked(batch);
    }

    public int getBatch() {
        return batch;
    }

    /**
     * How long a request or an answer waits for others to be committed with: {@code 5ms} unless given, 100ms at most, as a
     * caller waits. A batch from Kafka, for which no caller waits, lingers ten times as long. After a transaction of a
     * hundred events, as at a peak, the next one begins no sooner than that one took, 20ms at most, unless it is full.
     */
    public void setLinger(Duration linger) {
        if (linger.compareTo(LONGEST_LINGER) > 0) {
            throw new IllegalArgumentException("linger must be " + LONGEST_LINGER.toMillis() + "ms or less, as in 5ms");
        }
        this.linger = linger;
    }

    public Duration getLinger() {
        return linger;
    }

    /** After Kafka: the value that the header {@code tag} must have. */
    public void setTag(String tag) {
        this.tag = tag;
    }

    public String getTag() {
        return tag;
    }

    /**
     * After Kafka: the only values that the header {@code ce_source} may have, with commas between them; any unless given.
     */
    public void setSource(String sources) {
        this.sources = Set.of(sources.split(","));
    }

    public String getSource() {
        return String.join(",", sources);
    }

    /** What records must say of themselves. */
    KafkaRecord.Expected expected() {
        return new KafkaRecord.Expected(tag, sources);
    }
}
