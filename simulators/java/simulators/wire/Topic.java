package simulators.wire;

/** Names of the topics between the hub and its neighbours. */
public final class Topic {
    public static final String ORDER_TO_BARISTA = "lucky_order_to_barista_topic";
    public static final String MAKING_STARTED = "lucky_making_started_topic";
    public static final String MADE = "lucky_made_topic";
    public static final String ORDER_CHANGED = "lucky_order_changed_topic";
    public static final String ORDER_EXPRESS = "lucky_order_express_topic";
    public static final String CANCEL_MAKING = "lucky_cancel_making_topic";
    public static final String CANCEL_OUTCOME = "lucky_cancel_outcome_topic";

    private Topic() {
    }
}
