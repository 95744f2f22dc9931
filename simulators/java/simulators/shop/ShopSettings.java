package simulators.shop;

import java.net.URI;
import simulators.wire.Place;

/**
 * Settings of the shop: address, journal and seed; what its customers do.
 *
 * @param hub            the hub's address, without a path
 * @param token          the shop's bearer token at the hub
 * @param payment        the payment system's address, without a path
 * @param rate           orders a second, whether or not the hub keeps up: 0 to 1000000
 * @param stores         number of stores, 1 or more; a store makes one cup at a time, so there have to be enough of them
 * @param deliveryShare  share of the orders that is delivered, 0 to 1
 * @param cancelledShare share that its customer cancels shortly after paying, 0 to 1
 * @param unpaidShare    share that is never paid, 0 to 1
 */
public record ShopSettings(Place place, URI hub, String token, URI payment, double rate, int stores,
                           double deliveryShare, double cancelledShare, double unpaidShare) {

    public ShopSettings {
        if (!(rate >= 0 && rate <= 1_000_000)) {
            throw new IllegalArgumentException("rate must be 0 to 1000000 orders a second");
        }
        if (stores < 1) {
            throw new IllegalArgumentException("stores must be 1 or more");
        }
    }

    /** 30 % delivered, 2 % cancelled, all paid; enough stores for {@code KitchenPace.LIVELY}. */
    public static ShopSettings of(Place place, URI hub, String token, URI payment, double rate) {
        return new ShopSettings(place, hub, token, payment, rate, (int) Math.max(50, rate * 10), 0.3, 0.02, 0);
    }

    /** With this rate, and with more stores where there are too few for {@code KitchenPace.LIVELY}. */
    ShopSettings withRate(double perSecond) {
        return new ShopSettings(place, hub, token, payment, perSecond, (int) Math.max(stores, perSecond * 10),
                deliveryShare, cancelledShare, unpaidShare);
    }

    public ShopSettings withStores(int number) {
        return new ShopSettings(place, hub, token, payment, rate, number, deliveryShare, cancelledShare, unpaidShare);
    }

    public ShopSettings withShares(double delivered, double cancelled, double unpaid) {
        return new ShopSettings(place, hub, token, payment, rate, stores, delivered, cancelled, unpaid);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ShopSettings[place=" + place + ", hub=" + hub + ", rate=" + rate + "]";
    }
}
