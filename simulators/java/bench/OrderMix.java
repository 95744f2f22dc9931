package bench;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * The mix of orders. Kind and store of an order follow from its number.
 *
 * @param stores   number of stores, evenly distributed
 * @param delivery share of the orders that are delivered, 0 to 1
 */
record OrderMix(int stores, double delivery) {

    static final long AMOUNT = 1_890;
    private static final String ITEMS = "[{\"sku\":\"coconut-latte\",\"quantity\":1}]";

    boolean isDelivery(long number) {
        return random(number).nextDouble() < delivery;
    }

    String kind(long number) {
        return isDelivery(number) ? "DELIVERY" : "PICKUP";
    }

    String store(long number) {
        SplittableRandom random = random(number);
        random.nextDouble();
        return "S" + (1 + random.nextInt(stores));
    }

    /** The body of {@code POST /api/orders}. */
    byte[] confirmation(String orderId, long number) {
        return confirmation(orderId, store(number), kind(number));
    }

    static byte[] confirmation(String orderId, String store, String kind) {
        return ("{\"orderId\":\"" + orderId + "\",\"storeId\":\"" + store + "\",\"kind\":\"" + kind + "\",\"amount\":"
                + AMOUNT + ",\"currency\":\"CNY\",\"items\":" + ITEMS + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** The body of {@code POST /api/payments/callback}. */
    static String callback(String orderId, String paidAt) {
        return "{\"paymentId\":\"P-" + orderId + "\",\"orderId\":\"" + orderId + "\",\"amount\":" + AMOUNT
                + ",\"currency\":\"CNY\",\"paidAt\":\"" + paidAt + "\"}";
    }

    private static SplittableRandom random(long number) {
        return new SplittableRandom(number);
    }
}
