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
 * Main class of payment, barista and dispatch in one JVM. They work fast and keep no journals, because they are never
 * restarted: what they have done is read from their topics.
 */
final class BenchNeighbours {

    static final String KEY = "CALLBACK_KEY";

    /** Orders are accepted after the hub has asked for the ticket, which it does half a second after the payment. */
    private static final KitchenPace KITCHEN = new KitchenPace(Duration.ofMillis(100), Duration.ofMillis(600),
            Duration.ofMillis(600), Duration.ofMillis(800), 0.2);
    private static final CourierPace COURIERS = new CourierPace(Duration.ofMillis(80), Duration.ofMillis(120),
            Duration.ofMillis(200), 0.1, 0.01);

    /** Large batches, as the hub's clients have, so that the neighbours take little of the machine. */
    private static final Map<String, String> IN_BATCHES =
            Map.of("linger.ms", "10", "fetch.min.bytes", "65536", "fetch.max.wait.ms", "50");

    private BenchNeighbours() {
    }

    /** Arguments: brokers, ports of payment, barista and dispatch. */
    public static void main(String[] arguments) {
        Brokers brokers = new Brokers(arguments[0], IN_BATCHES);
        Barista barista = new Barista(new BaristaSettings(place(arguments[2]), brokers, KITCHEN));
        Dispatch dispatch = new Dispatch(new DispatchSettings(place(arguments[3]), brokers, COURIERS));
        // The load sends the callbacks itself; the payment system only has to answer the hub's questions.
        Payment payment = new Payment(PaymentSettings.of(place(arguments[1]), URI.create("http://127.0.0.1:1"),
                System.getenv(KEY)));
        // Closed in order, so that the next neighbours get their partitions at once, with all offsets committed.
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
