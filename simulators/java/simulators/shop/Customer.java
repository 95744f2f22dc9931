package simulators.shop;

import contract.Item;
import contract.Kind;
import contract.OrderRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import simulators.chance.Chance;

/**
 * A customer and what they will do, which follows from the seed and their number in the stream.
 *
 * @param order        what they order
 * @param pays         whether they pay
 * @param cancelsAfter how long after the payment they cancel; null when they don't
 */
record Customer(OrderRequest order, boolean pays, Duration cancelsAfter) {

    private static final List<String> MENU =
            List.of("latte", "coconut-latte", "americano", "flat-white", "cold-brew", "velvet-latte", "matcha", "mocha");

    static Customer of(String run, long number, ShopSettings settings) {
        SplittableRandom random = new Chance(settings.place().seed()).random("customer " + number);
        String store = "S" + (1 + random.nextInt(settings.stores()));
        Kind kind = random.nextDouble() < settings.deliveryShare() ? Kind.DELIVERY : Kind.PICKUP;
        List<Item> items = new ArrayList<>();
        long amount = kind == Kind.DELIVERY ? 600 : 0;
        int lines = random.nextDouble() < 0.8 ? 1 : 2;
        for (int line = 0; line < lines; line++) {
            int drink = random.nextInt(MENU.size());
            int cups = random.nextDouble() < 0.75 ? 1 : 2;
            items.add(new Item(MENU.get(drink), cups));
            amount += cups * (990L + 100L * drink);
        }
        boolean pays = random.nextDouble() >= settings.unpaidShare();
        boolean cancels = random.nextDouble() < settings.cancelledShare();
        Duration cancelsAfter = Duration.ofMillis(random.nextInt(20, 800));
        return new Customer(new OrderRequest(run + '-' + number, store, kind, amount, "CNY", items), pays,
                pays && cancels ? cancelsAfter : null);
    }
}
