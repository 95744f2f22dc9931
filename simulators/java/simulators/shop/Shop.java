package simulators.shop;

import contract.CancelRequest;
import contract.Json;
import contract.OrderRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import simulators.chance.Chance;
import simulators.faults.Faults;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.What;
import simulators.payment.PaymentRequest;
import simulators.wire.Backoff;
import simulators.wire.Caller;
import simulators.wire.Desk;
import simulators.wire.Threads;

/**
 * The storefront and its customers: an open-loop stream of orders, each confirmed, paid, and now and then cancelled.
 * The stream runs from {@link #start} to {@link #stop}; a hub that is slow or down doesn't slow it.
 */
public final class Shop implements AutoCloseable {

    private static final int CALLS_AT_ONCE = 512;
    private static final Backoff AGAIN = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    private static final DateTimeFormatter RUN = DateTimeFormatter.ofPattern("yyMMddHHmmssSSS").withZone(ZoneOffset.UTC);

    private final ShopSettings settings;
    private final String run;
    private final Clock clock = Clock.systemUTC();
    private final Chance chance;
    private final Journal journal;
    private final ScheduledThreadPoolExecutor timer = Threads.timer("shop");
    private final Caller caller = new Caller(CALLS_AT_ONCE, Duration.ofSeconds(10));
    private final Desk desk;
    private final LongAdder confirmed = new LongAdder();
    private final LongAdder paid = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Object flight = new Object();
    private long underWay;
    private long placed;
    private long startedAt;
    private boolean streaming;

    /** Stands ready; {@link #start} opens the doors. */
    public Shop(ShopSettings settings) {
        this.settings = settings;
        this.run = settings.run() != null ? settings.run() : "o" + RUN.format(clock.instant());
        this.chance = new Chance(settings.place().seed());
        this.journal = Journal.open(settings.place().journal());
        // Customers do as they please; the faults are the neighbours'.
        Faults faults = new Faults(settings.place().seed(), List.of(), settings.place().faults(),
                entry -> journal.write(List.of(entry)), clock);
        this.desk = new Desk(settings.place(), faults, journal, timer);
        desk.start();
    }

    /** Begins the stream. */
    public void start() {
        if (settings.rate() == 0) {
            return;
        }
        synchronized (flight) {
            streaming = true;
            startedAt = System.nanoTime();
        }
        long tick = (long) Math.min(20_000_000, Math.max(1_000_000, 1e9 / settings.rate() / 2));
        timer.scheduleAtFixedRate(this::placeWhatIsDue, 0, tick, TimeUnit.NANOSECONDS);
    }

    /**
     * Ends the stream and waits until every request in flight has its answer; those that the hub doesn't answer are
     * asked again all that time.
     *
     * @return false when some were still unanswered at the end of the wait
     */
    public boolean stop(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (flight) {
            streaming = false;
            try {
                for (long left = atMost.toMillis(); underWay > 0 && left > 0;
                        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                    flight.wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return underWay == 0;
        }
    }

    /** Places one order outside the stream. */
    public OrderRequest placeOne() {
        return place(true);
    }

    /** Orders that the hub has confirmed. */
    public long confirmed() {
        return confirmed.sum();
    }

    /** Orders whose payment was taken. */
    public long paid() {
        return paid.sum();
    }

    /** Orders whose cancellation was asked for, and answered in whatever way. */
    public long cancelled() {
        return cancelled.sum();
    }

    /** Requests refused with a 4xx where none was to be expected. */
    public long refused() {
        return refused.sum();
    }

    /** Orders with a request unanswered, or a cancellation to come. */
    public long inFlight() {
        synchronized (flight) {
            return underWay;
        }
    }

    public int port() {
        return desk.port();
    }

    public URI url() {
        return desk.url();
    }

    public Journal journal() {
        return journal;
    }

    /** At once: what is in flight stays unanswered. */
    @Override
    public void close() {
        desk.close();
        Threads.end(timer);
        caller.close();
        journal.close();
    }

    private void placeWhatIsDue() {
        long due;
        synchronized (flight) {
            if (!streaming) {
                return;
            }
            due = 1 + (long) ((System.nanoTime() - startedAt) / 1e9 * settings.rate()) - placed;
        }
        for (; due > 0; due--) {
            if (place(false) == null) {
                return;
            }
        }
    }

    /** Null when the stream has been stopped and the order is of the stream: after {@link #stop} none takes off. */
    private OrderRequest place(boolean evenIfStopped) {
        Customer customer;
        synchronized (flight) {
            if (!streaming && !evenIfStopped) {
                return null;
            }
            customer = Customer.of(run, ++placed, settings);
            underWay++;
        }
        confirm(customer);
        return customer.order();
    }

    private void confirm(Customer customer) {
        OrderRequest order = customer.order();
        Call call = new Call(order.orderId(), settings.hub().resolve("/api/orders"), Json.write(order), true,
                What.CONFIRM_ASKED, What.CONFIRM_ANSWERED, What.CONFIRM_FAILED,
                Map.of("storeId", order.storeId(), "kind", order.kind().name(), "amount", "" + order.amount()));
        ask(call, 1, answer -> {
            if (!answer.good()) {
                refused.increment();
                landed();
                return;
            }
            confirmed.increment();
            if (customer.pays()) {
                pay(customer);
            } else {
                landed();
            }
        });
    }

    private void pay(Customer customer) {
        OrderRequest order = customer.order();
        Call call = new Call(order.orderId(), settings.payment().resolve("/payments"),
                Json.write(new PaymentRequest(order.orderId(), order.amount(), order.currency(), null)), false,
                What.PAYMENT_ASKED, What.PAYMENT_ANSWERED, What.PAYMENT_FAILED, Map.of());
        ask(call, 1, answer -> {
            (answer.good() ? paid : refused).increment();
            if (answer.good() && customer.cancelsAfter() != null) {
                later(() -> cancel(customer), customer.cancelsAfter());
            } else {
                landed();
            }
        });
    }

    private void cancel(Customer customer) {
        String orderId = customer.order().orderId();
        Call call = new Call(orderId, settings.hub().resolve("/api/orders/" + orderId + "/cancel"),
                Json.write(new CancelRequest("changed my mind")), true,
                What.CANCEL_ASKED, What.CANCEL_ANSWERED, What.CANCEL_FAILED, Map.of());
        ask(call, 1, answer -> {
            cancelled.increment();
            landed();
        });
    }

    /** A request that is repeated with the same body until it is answered. */
    private record Call(String orderId, URI to, byte[] body, boolean toHub, What asked, What answered, What failed,
                        Map<String, String> about) {
    }

    private void ask(Call call, int attempt, Consumer<Caller.Answer> then) {
        Map<String, String> about = new HashMap<>(call.about());
        about.put("attempt", "" + attempt);
        Instant askedAt = clock.instant();
        journal.write(List.of(Entry.of(askedAt, call.asked(), call.orderId()).withDetail(about)));
        Map<String, String> headers = call.toHub() ? Map.of("Authorization", "Bearer " + settings.token()) : Map.of();
        caller.post(call.to(), call.body(), headers).thenAccept(answer -> {
            Instant now = clock.instant();
            journal.write(List.of(Entry.of(now, answer.undecided() ? call.failed() : call.answered(), call.orderId())
                    .withDetail(Map.of("answer", answer.said(), "attempt", "" + attempt,
                            "millis", "" + Duration.between(askedAt, now).toMillis()))));
            if (answer.undecided()) {
                later(() -> ask(call, attempt + 1, then),
                        AGAIN.pause(attempt, answer, chance, call.asked() + call.orderId()));
            } else {
                then.accept(answer);
            }
        });
    }

    private void landed() {
        synchronized (flight) {
            if (--underWay == 0) {
                flight.notifyAll();
            }
        }
    }

    private void later(Runnable what, Duration after) {
        try {
            timer.schedule(what, after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closing; it stays unanswered, as a customer who walks away.
        }
    }
}
