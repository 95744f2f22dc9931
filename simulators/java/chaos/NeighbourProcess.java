package chaos;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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
 * Main class of payment, barista and dispatch in one JVM, which saves memory. They are killed and suspended together, and
 * share nothing else; their journals survive.
 */
final class NeighbourProcess {

    static final String KEY = "CALLBACK_KEY";
    /** Factor on the times of kitchens and couriers in the demo. */
    static final double PACE = 0.3;

    private NeighbourProcess() {
    }

    /** Arguments: directory of the journals, seed, broker, the hubs' URL, ports of payment, barista and dispatch. */
    public static void main(String[] arguments) {
        Path journals = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        Brokers brokers = Brokers.at(arguments[2]);
        URI hub = URI.create(arguments[3]);
        List<Place> places = List.of(
                place(journals, "payment", seed, arguments[4]),
                place(journals, "barista", seed, arguments[5]),
                place(journals, "dispatch", seed, arguments[6]));
        new Barista(new BaristaSettings(places.get(1), brokers, KitchenPace.LIVELY.times(PACE)));
        new Dispatch(new DispatchSettings(places.get(2), brokers, CourierPace.LIVELY.times(PACE)));
        new Payment(PaymentSettings.of(places.get(0), hub, System.getenv(KEY)));
    }

    private static Place place(Path journals, String name, long seed, String port) {
        return Place.of(journals.resolve(name + ".jsonl"), seed).withPort(Integer.parseInt(port));
    }
}
