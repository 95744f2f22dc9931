package demo;

import embedded.Broker;
import embedded.Database;
import embedded.Ports;
import embedded.StartedParts;
import embedded.TcpProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import simulators.balance.BalanceTally;
import simulators.barista.Barista;
import simulators.barista.BaristaSettings;
import simulators.barista.KitchenPace;
import simulators.dispatch.CourierPace;
import simulators.dispatch.Dispatch;
import simulators.dispatch.DispatchSettings;
import simulators.faults.Rule;
import simulators.panel.FaultSwitch;
import simulators.panel.FaultSwitches;
import simulators.panel.FaultsAndRepairs;
import simulators.panel.Panel;
import simulators.panel.PanelModel;
import simulators.payment.Payment;
import simulators.payment.PaymentSettings;
import simulators.shop.Shop;
import simulators.shop.ShopSettings;
import simulators.wire.Brokers;
import simulators.wire.Place;

/** All parts of a demo, in this JVM except PostgreSQL; parts that don't depend on each other start concurrently. */
final class DemoCluster implements AutoCloseable {

    /**
     * @param directory where data that survives a restart is kept
     * @param rate      orders a second
     * @param faults    by neighbour: {@code payment}, {@code barista}, {@code dispatch}
     */
    record Settings(Path directory, DemoPorts ports, Credentials credentials, long seed, double rate,
                    Map<String, List<Rule>> faults) {
    }

    private static final String HOST = "127.0.0.1";

    /**
     * By pull, after how long without news of an order the hub asks. Short, because kitchens and couriers of a demo are
     * quick, and a repair is to be seen soon.
     */
    private static final Map<String, String> QUICK = Map.of("payment", "15s", "unaccepted", "10s", "making", "20s",
            "made", "10s", "express", "20s", "cancel-making", "10s", "cancel-dispatch", "10s");

    /** Upper bound of a repair: two lost events, for each the longest of these ages, two pulls and the longest backoff. */
    private static final Duration BOUND = Duration.ofMinutes(2);

    /** Settled orders that the account keeps one by one, so that a late effect is found: half an hour's at 5 a second. */
    private static final int SETTLED_KEPT = 10_000;

    private final Settings settings;
    private final StartedParts opened = new StartedParts();
    private final BalanceTally tally = new BalanceTally();
    private final FaultsAndRepairs repairs = new FaultsAndRepairs();

    DemoCluster(Settings settings) {
        this.settings = settings;
    }

    /**
     * Starts all parts.
     *
     * @return the shop, whose stream is not started yet
     * @throws java.util.concurrent.CompletionException when a part doesn't start
     */
    Shop open() {
        DemoPorts ports = settings.ports();
        CompletableFuture<Database> database = opened.open("PostgreSQL",
                () -> Database.start(settings.directory().resolve("postgresql"), ports.database()));
        CompletableFuture<Panel> panel = opened.open("panel", Panel::new);
        int brokerOfHub = Ports.free();
        CompletableFuture<TcpProxy> brokerProxy = opened.open("way to Kafka", () -> TcpProxy.before(brokerOfHub));
        CompletableFuture<Broker> broker = opened.open("Kafka", () -> Broker.start(
                Broker.Settings.in(settings.directory().resolve("kafka")).onPort(ports.kafka())
                        .behindProxy(brokerOfHub, brokerProxy.join().port())), brokerProxy);
        CompletableFuture<Barista> barista = opened.open("barista", () -> new Barista(new BaristaSettings(
                place("barista", ports.barista()), Brokers.at(broker.join().brokers()), KitchenPace.LIVELY)), broker);
        CompletableFuture<Dispatch> dispatch = opened.open("dispatch", () -> new Dispatch(new DispatchSettings(
                place("dispatch", ports.dispatch()), Brokers.at(broker.join().brokers()), CourierPace.LIVELY)), broker);
        CompletableFuture<EmbeddedHub> hub = opened.open("hub",
                () -> EmbeddedHub.start(properties(database.join(), brokerProxy.join(), panel.join())),
                database, broker, panel);
        // The payment system begins by repeating callbacks of the last run, so the hub has to be up.
        CompletableFuture<Payment> payment = opened.open("payment", () -> new Payment(PaymentSettings.of(
                place("payment", ports.payment()), hub(), settings.credentials().callbackKey())), hub);
        CompletableFuture<Shop> shop = opened.open("shop", () -> new Shop(ShopSettings.of(
                place("shop", ports.shop()), hub(), settings.credentials().shop(), http(ports.payment()),
                settings.rate())), hub, payment, barista, dispatch);
        Shop ready = shop.join();
        List.of(ready.journal(), payment.join().journal(), barista.join().journal(), dispatch.join().journal())
                .forEach(journal -> journal.follow(entry -> {
                    tally.see(entry);
                    repairs.see(entry);
                }));
        tally.keepSettled(SETTLED_KEPT);
        panel.join().show(new PanelModel(List.of(brokerCut(brokerProxy.join())),
                new FaultSwitches(payment.join().faults(), barista.join().faults(), dispatch.join().faults()), ready,
                tally, repairs, BOUND, Clock.systemUTC()));
        return ready;
    }

    /** Cuts the hub's connection to the broker alone; the neighbours keep theirs. */
    private static FaultSwitch brokerCut(TcpProxy brokerProxy) {
        AtomicBoolean cut = new AtomicBoolean();
        return new FaultSwitch("broker-cut", "broker", "the hub's link to the broker is cut", "中台与消息队列的连接断开",
                cut::get, on -> {
            if (on) {
                brokerProxy.cut();
            } else {
                brokerProxy.pass();
            }
            cut.set(on);
        });
    }

    /** The counts of the orders of this and of earlier runs, from the journals of shop and neighbours alone. */
    BalanceTally tally() {
        return tally;
    }

    /** Closes the shop first, then the hub, which finishes its work in flight, then what the hub depends on. */
    @Override
    public void close() {
        opened.close();
    }

    private Place place(String neighbour, int port) {
        return Place.of(settings.directory().resolve("journals").resolve(neighbour + ".jsonl"), settings.seed())
                .withPort(port)
                .withFaults(settings.faults().getOrDefault(neighbour, List.of()));
    }

    private URI hub() {
        return http(settings.ports().api());
    }

    private static URI http(int port) {
        return URI.create("http://" + HOST + ":" + port);
    }

    private Map<String, String> properties(Database database, TcpProxy brokerProxy, Panel panel) {
        DemoPorts ports = settings.ports();
        Credentials credentials = settings.credentials();
        Map<String, String> properties = new HashMap<>();
        properties.put("server.port", "" + ports.api());
        properties.put("server.address", HOST);
        properties.put("management.server.port", "" + ports.management());
        properties.put("spring.datasource.url", database.url());
        properties.put("spring.datasource.username", database.user());
        properties.put("spring.datasource.password", database.password());
        properties.put("hub.kafka.brokers", HOST + ":" + brokerProxy.port());
        properties.put("barista.url", http(ports.barista()).toString());
        properties.put("dispatch.url", http(ports.dispatch()).toString());
        properties.put("payment.url", http(ports.payment()).toString());
        properties.put("hub.tokens.viewer", credentials.viewer().value());
        properties.put("hub.tokens.operator", credentials.operator().value());
        properties.put("hub.tokens.deployer", credentials.deployer().value());
        properties.put("hub.tokens.shop", credentials.shop());
        properties.put("hub.tokens.barista", credentials.barista());
        properties.put("hub.tokens.dispatch", credentials.dispatch());
        properties.put("hub.callback.keys", credentials.callbackKey());
        properties.put(PanelConfiguration.PANEL, panel.url().toString());
        QUICK.forEach((pull, age) -> {
            properties.put("pull." + pull + ".every", "5s");
            properties.put("pull." + pull + ".age", age);
            properties.put("pull." + pull + ".backoff", "10s");
            properties.put("pull." + pull + ".backoff-most", "30s");
        });
        return properties;
    }
}
