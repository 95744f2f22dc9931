package contract;

/** The CloudEvents types on the topics; a breaking change of a body is a new version of its type. */
public enum EventType {
    ORDER_PAID("lucky.order.paid.v1", OrderPaid.class),
    MAKING_STARTED("lucky.barista.making-started.v1", MakingStarted.class),
    MADE("lucky.barista.made.v1", Made.class),
    ORDER_CHANGED("lucky.order.changed.v1", OrderChanged.class),
    EXPRESS_CHANGED("lucky.dispatch.express-changed.v1", ExpressChanged.class),
    CANCEL_MAKING("lucky.order.cancel-making.v1", CancelMaking.class),
    CANCEL_OUTCOME("lucky.barista.cancel-outcome.v1", CancelOutcome.class);

    private final String type;
    private final Class<? extends Record> body;

    EventType(String type, Class<? extends Record> body) {
        this.type = type;
        this.body = body;
    }

    /** The CloudEvent's {@code type}. */
    public String type() {
        return type;
    }

    public Class<? extends Record> body() {
        return body;
    }
}
