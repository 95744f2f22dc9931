package routes.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ledger.Backoff;
import ledger.WorkQueue;
import ledger.order.Stores;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * What a pull works off, and how: at each tick of Quartz it claims what is due, oldest first, and hands it on in groups
 * until nothing more is due or its rate is used up. The setters are the options that a route may give.
 */
public final class PullEndpoint extends DefaultEndpoint implements DelegateEndpoint {

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final Pattern RATE = Pattern.compile("([1-9]\\d{0,5})/s");

    /** No edit may make a pull repair later than this. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final LedgerComponent hub;
    private final String name;
    private final BiFunction<String, PullEndpoint, WorkQueue> queue;
    private volatile Endpoint quartz;
    private Duration every = Duration.ofSeconds(30);
    private String cron;
    private Duration age = Duration.ofMinutes(1);
    private Duration lease = Duration.ofMinutes(1);
    private Duration backoff = Duration.ofSeconds(30);
    private Duration backoffMost = Duration.ofMinutes(10);
    private int batch = 100;
    private int rate = 100;
    private String by;
    private Stores stores = Stores.ALL;

    /** @param queue by the route's id and the options: what the pull works off */
    PullEndpoint(String uri, Component component, LedgerComponent hub, String name,
                 BiFunction<String, PullEndpoint, WorkQueue> queue) {
        super(uri, component);
        this.hub = hub;
        this.name = name;
        this.queue = queue;
    }

    /** How often it looks, as in {@code 30s}; 1s to 1h. Of several hubs one pulls at each tick. */
    public void setEvery(Duration every) {
        this.every = within("every", every, Duration.ofSeconds(1));
    }

    public Duration getEvery() {
        return every;
    }

    /**
     * A Quartz cron in place of {@code every}, as in {@code 0/30 * * * * ?}; it fires once an hour or more often, at all
     * times. The rate is then each hub's own.
     */
    public void setCron(String cron) {
        Cron.waitsLongerThan(LONGEST, cron, Instant.now()).ifPresent(at -> {
            throw new IllegalArgumentException("cron must fire every " + LONGEST.toHours()
                    + "h or more often, for ever; after "
                    + at.truncatedTo(ChronoUnit.SECONDS) + " it doesn't; a pull that is not to run is paused");
        });
        this.cron = cron;
    }

    public String getCron() {
        return cron;
    }

    /** How long a side must have been silent, as in {@code 30s}; 0 to 1h. */
    public void setAge(Duration age) {
        this.age = within("age", age, Duration.ZERO);
    }

    public Duration getAge() {
        return age;
    }

    /** For how long no other hub claims what this one has, as in {@code 1m}; 1s to 1h, and longer than a batch takes. */
    public void setLease(Duration lease) {
        this.lease = within("lease", lease, Duration.ofSeconds(1));
    }

    public Duration getLease() {
        return lease;
    }

    /** The pause after the first attempt that was in vain, 100ms to 1h; doubled with each further one. */
    public void setBackoff(Duration backoff) {
        this.backoff = within("backoff", backoff, Duration.ofMillis(100));
    }

    public Duration getBackoff() {
        return backoff;
    }

    /** The longest pause between attempts, 100ms to 1h. */
    public void setBackoffMost(Duration backoffMost) {
        this.backoffMost = within("backoffMost", backoffMost, Duration.ofMillis(100));
    }

    public Duration getBackoffMost() {
        return backoffMost;
    }

    /** Orders in one call, at most: 1 to 1000. */
    public void setBatch(int batch) {
        this.batch = Batches.checked(batch);
    }

    public int getBatch() {
        return batch;
    }

    /** Orders a second, at most, as in {@code 100/s}: a backlog drains no faster. */
    public void setRate(String rate) {
        Matcher matcher = RATE.matcher(rate);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("rate is orders a second, as in 100/s");
        }
        this.rate = Integer.parseInt(matcher.group(1));
    }

    public String getRate() {
        return rate + "/s";
    }

    /** {@code store}: the orders of one call are of one store. */
    public void setBy(String by) {
        if (!"store".equals(by)) {
            throw new IllegalArgumentException("a pull goes by store, or leave 'by' out");
        }
        this.by = by;
    }

    public String getBy() {
        return by;
    }

    /** Only the orders of these stores, with commas between them. */
    public void setStore(String stores) {
        this.stores = this.stores.only(stores);
    }

    public String getStore() {
        return String.join(",", stores.only());
    }

    /** No orders of these stores, with commas between them. */
    public void setExceptStore(String except) {
        this.stores = stores.except(except);
    }

    public String getExceptStore() {
        return String.join(",", stores.except());
    }

    Stores stores() {
        return stores;
    }

    boolean isByStore() {
        return by != null;
    }

    int ratePerSecond() {
        return rate;
    }

    Backoff pause() {
        return new Backoff(backoff, backoffMost);
    }

    /** The longest of the times after which an order may be due again. */
    Duration longestWait() {
        return Stream.of(age, lease, backoffMost).max(Comparator.naturalOrder()).orElseThrow();
    }

    WorkQueue queue(String routeId) {
        return queue.apply(routeId, this);
    }

    LedgerComponent hub() {
        return hub;
    }

    /** The Quartz endpoint whose ticks start it, where Quartz looks for it first; null before the first start. */
    @Override
    public Endpoint getEndpoint() {
        return quartz;
    }

    /**
     * Starts an endpoint with a name of its own: by the name of an earlier one camel-quartz would find that one's job, and
     * keep its schedule.
     */
    Endpoint startTicking() {
        String schedule = cron != null ? "cron=" + cron.replace(' ', '+')
                : "trigger.repeatCount=-1&trigger.repeatInterval=" + every.toMillis();
        quartz = getCamelContext().getEndpoint("quartz:pull/" + name + "-" + NUMBERS.incrementAndGet() + "?" + schedule);
        return quartz;
    }

    /**
     * Takes the endpoint and its job away, unless all of Camel stops: a tick that is on its way still needs its endpoint.
     */
    void stopTicking(Endpoint ended) throws Exception {
        if (ended != null && !getCamelContext().isStopping()) {
            getCamelContext().removeEndpoint(ended);
        }
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("pull: and guaranteed: begin a route; use ledger: in a to:");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        pause();
        PullConsumer consumer = new PullConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    private static Duration within(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(name + " must be " + least.toMillis() + "ms or more, as in 30s");
        }
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be " + LONGEST.toHours() + "h or less, as in 30s; a pull that "
                    + "is not to run is paused");
        }
        return value;
    }
}
