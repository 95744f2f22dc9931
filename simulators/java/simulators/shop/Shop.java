package simulators.shop;

import contract.CancelRequest;
import contract.Json;
import contract.OrderRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import simulators.chance.Chance;
import simulators.faults.Faults;
import simulators.journal.Journal;
import simulators.journal.What;
import simulators.payment.PaymentRequest;
import simulators.wire.SimulatorServer;
import simulators.wire.Threads;

/**
 * The storefront and its customers: an open-loop stream of orders, each confirmed, paid, and some of them cancelled. The
 * stream runs from {@link #start} to {@link #stop}; it doesn't slow down when the hub is slow or down.
 */
public final class Shop implements AutoCloseable {

    private static final DateTimeFormatter RUN = DateTimeFormatter.ofPattern("yyMMddHHmmssSSS").withZone(ZoneOffset.UTC);

    private volatile ShopSettings settings;
    private final String run;
    private final Clock clock = Clock.systemUTC();
    private final Journal journal;
    private final ScheduledThreadPoolExecutor timer = Threads.timer("shop");
    private final ShopClient client;
    private final SimulatorServer server;
    private final LongAdder confirmed = new LongAdder();
    private final LongAdder paid = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Object flight = new Object();
    private long underWay;
    private long placed;
    /** When the present rate was set ({@link System#nanoTime}), and how many orders were placed by then. */
    private long pacedAt;
    private long placedBefore;
    private ScheduledFuture<?> ticking;
    private boolean streaming;

    /** Opens the journal and the HTTP server; the stream begins with {@link #start}. */
    public Shop(ShopSettings settings) {
        this.settings = settings;
        this.run = "o" + RUN.format(clock.instant());
        this.journal = settings.place().openJournal();
        this.client = new ShopClient(settings.token(), new Chance(settings.place().seed()), journal, timer, clock);
        // The shop has no channels, and so no faults.
        Faults faults = new Faults(settings.place().seed(), List.of(), settings.place().faults(),
                entry -> journal.write(List.of(entry)), clock);
        this.server = new SimulatorServer(settings.place(), faults, journal, timer);
        server.start();
    }

    /** Begins the stream. */
    public void start() {
        synchronized (flight) {
            streaming = true;
        }
        pace(settings.rate());
    }

    /**
     * Sets the rate of the stream.
     *
     * @param rate orders a second; 0 pauses the stream
     * @throws IllegalArgumentException when the rate is not from 0 to 1000000
     */
    public void pace(double rate) {
        synchronized (flight) {
            settings = settings.withRate(rate);
            pacedAt = System.nanoTime();
            placedBefore = placed;
            if (ticking != null) {
                ticking.cancel(false);
            }
            long tick = (long) Math.min(20_000_000, Math.max(1_000_000, 1e9 / rate / 2));
            ticking = rate == 0 ? null
                    : timer.scheduleAtFixedRate(this::placeWhatIsDue, 0, tick, TimeUnit.NANOSECONDS);
        }
    }

    /** The rate of the stream, in orders a second. */
    public double rate() {
        return settings.rate();
    }

    /**
     * Ends the stream and waits until every request in flight has its answer; unanswered requests are retried all that time.
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

    /** Number of orders that the hub has confirmed. */
    public long confirmed() {
        return confirmed.sum();
    }

    /** Number of orders whose payment was taken. */
    public long paid() {
        return paid.sum();
    }

    /** Number of orders whose cancellation was asked for and answered, with whatever result. */
    public long cancelled() {
        return cancelled.sum();
    }

    /** Number of requests to confirm or to pay that were refused with a 4xx. */
    public long refused() {
        return refused.sum();
    }

    /** Number of orders with an unanswered request, or a cancellation to come. */
    public long inFlight() {
        synchronized (flight) {
            return underWay;
        }
    }

    public URI url() {
        return server.url();
    }

    public Journal journal() {
        return journal;
    }

    /** Ends at once: requests in flight stay unanswered. */
    @Override
    public void close() {
        server.close();
        Threads.end(timer);
        client.close();
        journal.close();
    }

    private void placeWhatIsDue() {
        long due;
        synchronized (flight) {
            if (!streaming) {
                return;
            }
            due = 1 + (long) ((System.nanoTime() - pacedAt) / 1e9 * settings.rate()) - (placed - placedBefore);
        }
        while (due > 0 && place()) {
            due--;
        }
    }

    /** Places the next order. @return false once the stream has been stopped: then none is placed */
    private boolean place() {
        Customer customer;
        synchronized (flight) {
            if (!streaming) {
                return false;
            }
            customer = Customer.of(run, ++placed, settings);
            underWay++;
        }
        confirm(customer);
        return true;
    }

    private void confirm(Customer customer) {
        OrderRequest order = customer.order();
        ShopClient.Call call = new ShopClient.Call(order.orderId(), settings.hub().resolve("/api/orders"), Json.write(order),
                true, What.CONFIRM_ASKED, What.CONFIRM_ANSWERED, What.CONFIRM_FAILED,
                Map.of("storeId", order.storeId(), "kind", order.kind().name(), "amount", "" + order.amount()));
        client.run(call, answer -> {
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
        ShopClient.Call call = new ShopClient.Call(order.orderId(), settings.payment().resolve("/payments"),
                Json.write(new PaymentRequest(order.orderId(), order.amount(), order.currency(), null)), false,
                What.PAYMENT_ASKED, What.PAYMENT_ANSWERED, What.PAYMENT_FAILED, Map.of());
        client.run(call, answer -> {
            (answer.good() ? paid : refused).increment();
            if (answer.good() && customer.cancelsAfter() != null) {
                Threads.later(timer, customer.cancelsAfter(), () -> cancel(customer));
            } else {
                landed();
            }
        });
    }

    private void cancel(Customer customer) {
        String orderId = customer.order().orderId();
        ShopClient.Call call = new ShopClient.Call(orderId, settings.hub().resolve("/api/orders/" + orderId + "/cancel"),
                Json.write(new CancelRequest("changed my mind")), true,
                What.CANCEL_ASKED, What.CANCEL_ANSWERED, What.CANCEL_FAILED, Map.of());
        client.run(call, answer -> {
            cancelled.increment();
            landed();
        });
    }

    private void landed() {
        synchronized (flight) {
            if (--underWay == 0) {
                flight.notifyAll();
            }
        }
    }
}
