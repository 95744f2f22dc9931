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
 * The storefront and its customers: an open-loop stream of orders, each confirmed, paid, and now and then cancelled.
 * The stream runs from {@link #start} to {@link #stop}; a hub that is slow or down doesn't slow it.
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
    /** Of the present pace: when it began, and how many were placed by then. */
    private long pacedAt;
    private long placedBefore;
    private ScheduledFuture<?> ticking;
    private boolean streaming;

    /** Stands ready; {@link #start} opens the doors. */
    public Shop(ShopSettings settings) {
        this.settings = settings;
        this.run = "o" + RUN.format(clock.instant());
        this.journal = settings.place().openJournal();
        this.client = new ShopClient(settings.token(), new Chance(settings.place().seed()), journal, timer, clock);
        // Customers do as they please; the faults are the neighbours'.
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
     * From now on the stream, if it runs, has so many orders a second; 0 lets it rest.
     *
     * @throws IllegalArgumentException when the rate is none of 0 to 1000000
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

    /** Orders a second. */
    public double rate() {
        return settings.rate();
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

    public URI url() {
        return server.url();
    }

    public Journal journal() {
        return journal;
    }

    /** At once: what is in flight stays unanswered. */
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
        ShopClient.Call call = new ShopClient.Call(order.orderId(), settings.hub().resolve("/api/orders"), Json.write(order), true,
                What.CONFIRM_ASKED, What.CONFIRM_ANSWERED, What.CONFIRM_FAILED,
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
