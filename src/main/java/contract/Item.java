package contract;

/**
 * One line of an order.
 *
 * @param sku      what is made
 * @param quantity how many, 1 to 99
 */
public record Item(String sku, int quantity) {
    public Item {
        Bounds.id("sku", sku);
        if (quantity < 1 || quantity > 99) {
            throw new IllegalArgumentException("quantity must be 1 to 99");
        }
    }
}
