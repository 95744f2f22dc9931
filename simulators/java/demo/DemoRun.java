package demo;

import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import simulators.balance.Balance;
import simulators.balance.BalanceTally;
import simulators.shop.Shop;

/** The stream of orders of a demo: prints a line every five seconds and, if the stream ends, the balance of the orders. */
final class DemoRun implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration LONGEST_AFTERMATH = Duration.ofSeconds(5);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final BalanceTally tally;
    private final FlowClient flow;
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "reports");
        thread.setDaemon(true);
        return thread;
    });

    DemoRun(DemoCluster.Settings settings, BalanceTally tally) {
        this.tally = tally;
        this.flow = new FlowClient("http://127.0.0.1:" + settings.ports().api(), settings.credentials().viewer().value());
    }

    /**
     * Starts the stream and reports.
     *
     * @param shop         not started yet
     * @param length       how long the stream runs; null for as long as this JVM
     * @param settleWithin how long its orders may take to settle once it has ended
     * @return whether every order in the journals has settled, and once
     */
    boolean run(Shop shop, Duration length, Duration settleWithin) {
        clock.scheduleAtFixedRate(() -> report(shop), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        shop.start();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        if (length != null) {
            clock.schedule(() -> ended.complete(null), length.toMillis(), TimeUnit.MILLISECONDS);
        }
        ended.join();
        System.out.println("The stream has ended. Waiting until every order has settled, "
                + settleWithin.toSeconds() + " s at most …");
        long end = System.nanoTime() + settleWithin.toNanos();
        shop.stop(settleWithin);
        await(() -> tally.open() == 0, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        // The neighbours have nothing left to do; the hub may still have their last events to read.
        await(() -> flow.now().filter(figures -> figures.inFlight() == 0).isPresent(), LONGEST_AFTERMATH);
        close();
        report(shop);
        return judge();
    }

    /** Ends the reports, not the shop's stream. */
    @Override
    public void close() {
        clock.shutdownNow();
    }

    private boolean judge() {
        Balance balance = tally.balance();
        boolean good = balance.holds() && balance.unsettled().isEmpty();
        System.out.println("\nBy the neighbours' journals:\n" + balance.toString().indent(2)
                + (good ? "Every order has settled, and once." : "NOT every order has settled once."));
        return good;
    }

    private void await(BooleanSupplier fact, Duration atMost) {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        Future<?> looking = clock.scheduleWithFixedDelay(() -> {
            if (fact.getAsBoolean()) {
                seen.complete(null);
            }
        }, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        seen.completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS).join();
        looking.cancel(false);
    }

    private void report(Shop shop) {
        Optional<FlowClient.Figures> figures = flow.now();
        String hub = figures
                .map(now -> "settled %,d, in flight %,d, late %,d".formatted(now.settled(), now.inFlight(), now.late()))
                .orElse("the hub doesn't answer");
        System.out.printf("%s  orders in %,d, %s  |  by the journals: settled %,d, open %,d%s%n",
                LocalTime.now().format(CLOCK), shop.confirmed(), hub, tally.settled(), tally.open(),
                shop.refused() == 0 ? "" : ", refused to the shop %,d".formatted(shop.refused()));
    }
}
