package stage;

import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import simulators.balance.Balance;
import simulators.shop.Shop;

/** The stream of orders of a demo: one line every few seconds, and, if it is to end, the account of what became of them. */
final class DemoRun {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(120);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final DemoStage.Settings settings;
    private final Shop shop;
    private final Flow flow;

    DemoRun(DemoStage.Settings settings, Shop shop) {
        this.settings = settings;
        this.shop = shop;
        this.flow = new Flow("http://127.0.0.1:" + settings.ports().api(), settings.credentials().operator());
    }

    /**
     * Opens the shop and reports.
     *
     * @param length how long the stream runs; null for ever
     * @return whether every order of the journals has settled, and settled once
     */
    boolean run(Duration length) {
        shop.start();
        long end = length == null ? Long.MAX_VALUE : System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            pause(Math.min(EVERY.toNanos(), end - System.nanoTime()));
            report();
        }
        return settle();
    }

    private boolean settle() {
        long end = System.nanoTime() + LONGEST_SETTLING.toNanos();
        System.out.println("The stream has ended; waiting until every order has settled, at most "
                + LONGEST_SETTLING.toSeconds() + " s …");
        shop.stop(LONGEST_SETTLING);
        Balance balance = balance();
        for (long next = System.nanoTime() + EVERY.toNanos(); !balance.settled() && System.nanoTime() < end; ) {
            pause(TimeUnit.MILLISECONDS.toNanos(500));
            if (System.nanoTime() > next) {
                report();
                next += EVERY.toNanos();
            }
            balance = balance();
        }
        System.out.println(balance);
        return balance.good();
    }
}
