package bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import simulators.barista.Barista;
import simulators.barista.BaristaSettings;
import simulators.barista.KitchenPace;
import simulators.dispatch.CourierPace;
import simulators.dispatch.Dispatch;
import simulators.dispatch.DispatchSettings;
import simulators.payment.Payment;
import simulators.payment.PaymentSettings;
import simulators.wire.Brokers;
import simulators.wire.Place;

/**
 * Payment, barista and dispatch in one JVM of their own. They speak as they always do; but they work fast, and they keep
 * no journals, which serve those who restart them or check by them: here the topics tell what they have done.
 */
final class BenchNeighbours {

    static final String KEY = "CALLBACK_KEY";

    /** Accepted after the hub has asked for the ticket, as it does half a second after the payment; then made at once. */
    private static final KitchenPace KITCHEN = new KitchenPace(Duration.ofMillis(100), Duration.ofMillis(600),
            Duration.ofMillis(600), Duration.ofMillis(800), 0.2);
    private static final CourierPace COURIERS = new CourierPace(Duration.ofMillis(80), Duration.ofMillis(120),
            Duration.ofMillis(200), 0.1, 0.01);

    /** They read and send as the hub does, many events an exchange with the broker: it is not they who are measured. */
    private static final Map<String, String> IN_BATCHES =
            Map.of("linger.ms", "10", "fetch.min.bytes", "65536", "fetch.max.wait.ms", "50");

    private BenchNeighbours() {
    }

    /** The brokers, then the ports of payment, barista and dispatch. */
    public static void main(String[] arguments) {
        Brokers brokers = new Brokers(arguments[0], IN_BATCHES);
        Barista barista = new Barista(new BaristaSettings(place(arguments[2]), brokers, KITCHEN));
        Dispatch dispatch = new Dispatch(new DispatchSettings(place(arguments[3]), brokers, COURIERS));
        // Nobody pays here: the load calls back itself. But whoever is asked has to answer.
        Payment payment = new Payment(PaymentSettings.of(place(arguments[1]), URI.create("http://127.0.0.1:1"),
                System.getenv(KEY)));
        // Those who come after them neither wait for their partitions nor read again what they have read.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            barista.close();
            dispatch.close();
            payment.close();
        }, "closes"));
    }

    private static Place place(String port) {
        return Place.of((Path) null, 1).withPort(Integer.parseInt(port));
    }
}
