package simulators;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine;
import simulators.balance.Balance;
import simulators.balance.BalanceTally;
import simulators.barista.Barista;
import simulators.barista.BaristaSettings;
import simulators.barista.KitchenPace;
import simulators.dispatch.CourierPace;
import simulators.dispatch.Dispatch;
import simulators.dispatch.DispatchSettings;
import simulators.faults.Rule;
import simulators.journal.Journal;
import simulators.journal.JournalBroken;
import simulators.loyalty.Loyalty;
import simulators.payment.Payment;
import simulators.payment.PaymentSettings;
import simulators.shop.Shop;
import simulators.shop.ShopSettings;

/** Main class of the simulators' jar: runs each simulator as a process of its own, beside a deployed hub. */
@Command(name = "simulators",
        description = "The hub's neighbours, simulated. Each command runs one of them until SIGTERM or Ctrl-C.")
public final class Main {

    private static final String PACE = "Factor on all durations: 0.1 is ten times as fast (${DEFAULT-VALUE}).";

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = CommandLine.ScopeType.INHERIT,
            description = "Shows this text.")
    private boolean help;

    private Main() {
    }

    public static void main(String[] args) {
        int code = new CommandLine(new Main()).registerConverter(Rule.class, Main::rule)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    return 1;
                }).execute(args);
        System.exit(code);
    }

    private static Rule rule(String text) {
        try {
            return Rule.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.TypeConversionException(e.getMessage());
        }
    }

    @Command(description = "The barista's system: tickets and kitchens.")
    void barista(@Mixin PlaceOptions place, @Mixin KafkaOptions kafka,
                 @Option(names = "--pace", defaultValue = "1", paramLabel = "FACTOR", description = PACE) double pace) {
        try (Closing closing = new Closing()) {
            Barista barista = closing.add(new Barista(new BaristaSettings(place.place("barista"), kafka.brokers(),
                    KitchenPace.LIVELY.times(pace))));
            closing.await("barista", barista.url());
        }
    }

    @Command(description = "The dispatch system: delivery notes and couriers.")
    void dispatch(@Mixin PlaceOptions place, @Mixin KafkaOptions kafka,
                  @Option(names = "--pace", defaultValue = "1", paramLabel = "FACTOR", description = PACE) double pace) {
        try (Closing closing = new Closing()) {
            Dispatch dispatch = closing.add(new Dispatch(new DispatchSettings(place.place("dispatch"),
                    kafka.brokers(), CourierPace.LIVELY.times(pace))));
            closing.await("dispatch", dispatch.url());
        }
    }

    @Command(description = "The payment system: payments and their callbacks.")
    void payment(@Mixin PlaceOptions place,
                 @Option(names = "--hub", required = true, paramLabel = "URL") URI hub,
                 @Option(names = "--key", required = true, defaultValue = "${env:PAYMENT_KEY}", paramLabel = "whsec_…",
                         description = "The secret that signs callbacks; better in the variable PAYMENT_KEY.") String key) {
        try (Closing closing = new Closing()) {
            Payment payment = closing.add(new Payment(PaymentSettings.of(place.place("payment"), hub, key)));
            closing.await("payment", payment.url());
        }
    }

    @Command(description = "A loyalty programme: points for settled orders.")
    void loyalty(@Mixin PlaceOptions place) {
        try (Closing closing = new Closing()) {
            Loyalty loyalty = closing.add(new Loyalty(place.place("loyalty")));
            closing.await("loyalty", loyalty.url());
        }
    }

    @Command(description = "The shop and its customers: the load.")
    void shop(@Mixin PlaceOptions place,
              @Option(names = "--hub", required = true, paramLabel = "URL") URI hub,
              @Option(names = "--payment", required = true, paramLabel = "URL",
                      description = "The simulated payment system.") URI payment,
              @Option(names = "--token", required = true, defaultValue = "${env:HUB_SHOP_TOKEN}", paramLabel = "TOKEN",
                      description = "The shop's token at the hub; better in the variable HUB_SHOP_TOKEN.") String token,
              @Option(names = "--rate", defaultValue = "3", paramLabel = "RATE",
                      description = "Orders a second (${DEFAULT-VALUE}).")
              double rate,
              @Option(names = "--stores", paramLabel = "N",
                      description = "Number of stores; by default ten for each order a second.")
              Integer stores,
              @Option(names = "--delivered", defaultValue = "0.3", paramLabel = "SHARE",
                      description = "Share of the orders that is delivered (${DEFAULT-VALUE}).")
              double delivered,
              @Option(names = "--cancelled", defaultValue = "0.02", paramLabel = "SHARE",
                      description = "Share of the orders that is cancelled shortly after paying (${DEFAULT-VALUE}).")
              double cancelled,
              @Option(names = "--unpaid", defaultValue = "0", paramLabel = "SHARE",
                      description = "Share of the orders that is never paid (${DEFAULT-VALUE}).")
              double unpaid) {
        ShopSettings settings = ShopSettings.of(place.place("shop"), hub, token, payment, rate)
                .withShares(delivered, cancelled, unpaid);
        try (Closing closing = new Closing()) {
            Shop shop = closing.add(new Shop(stores == null ? settings : settings.withStores(stores)));
            closing.add(() -> shop.stop(Duration.ofSeconds(10)));
            shop.start();
            closing.await("shop", shop.url());
        }
    }

    @Command(description = "Adds up the journals in a directory; exits 1 when an order is lost, doubled or unpaid.")
    int balance(@Parameters(paramLabel = "DIR",
                            description = "The directory with the journals of shop and neighbours, *.jsonl.") Path folder)
            throws IOException {
        BalanceTally tally = new BalanceTally();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jsonl"))
                    .forEach(file -> Journal.read(file, tally::see));
        } catch (JournalBroken e) {
            System.err.println(e.getMessage());
            return 2;
        }
        Balance balance = tally.balance();
        System.out.println(balance);
        return balance.holds() ? 0 : 1;
    }

    /** Waits for the shutdown of this JVM, then closes what was added, in reverse order. */
    private static final class Closing implements AutoCloseable {
        private final Deque<AutoCloseable> open = new ArrayDeque<>();
        private final CountDownLatch toEnd = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);

        <T extends AutoCloseable> T add(T closeable) {
            open.push(closeable);
            return closeable;
        }

        void await(String name, URI url) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                toEnd.countDown();
                try {
                    ended.await(25, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            System.out.println(name + " listens at " + url);
            try {
                toEnd.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            try {
                for (AutoCloseable next : open) {
                    next.close();
                }
            } catch (Exception e) {
                System.err.println("the simulator did not close cleanly: " + e.getMessage());
            } finally {
                ended.countDown();
            }
        }
    }
}
