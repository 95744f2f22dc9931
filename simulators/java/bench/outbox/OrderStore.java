package bench.outbox;

import contract.EventType;
import contract.ExpressChanged;
import contract.IdempotencyKey;
import contract.Item;
import contract.Json;
import contract.Kind;
import contract.Made;
import contract.MakingStarted;
import contract.OrderChanged;
import contract.OrderPaid;
import contract.PaymentCallback;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** The tables of orders and outbox. Each method is one transaction, which is committed when it returns. */
final class OrderStore {

    private static final String TABLES = """
            CREATE TABLE IF NOT EXISTS orders (
                id          text        PRIMARY KEY,
                store_id    text        NOT NULL,
                kind        text        NOT NULL,
                amount      bigint      NOT NULL,
                currency    text        NOT NULL,
                items       text        NOT NULL,
                make        smallint    NOT NULL DEFAULT 0,
                payment_id  text,
                paid_at     timestamptz,
                ticket_id   text,
                note_id     text,
                delivery    smallint    NOT NULL DEFAULT 0,
                attempt     integer     NOT NULL DEFAULT 0,
                courier     text,
                settled_at  timestamptz
            ) WITH (fillfactor = 70);
            CREATE TABLE IF NOT EXISTS outbox (
                id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                topic   text   NOT NULL,
                type    text   NOT NULL,
                event   text   NOT NULL,
                key     text   NOT NULL,
                body    bytea  NOT NULL
            ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
            """;

    private static final String PAY = """
            UPDATE orders SET make = 1, payment_id = ?, paid_at = now()
            WHERE id = ? AND make = 0 AND amount = ? AND currency = ?
            RETURNING store_id, kind, items
            """;
    private static final String PAID_BY = "SELECT payment_id = ? FROM orders WHERE id = ?";
    private static final String START = "UPDATE orders SET make = 2, ticket_id = ? WHERE id = ? AND make IN (1)";
    private static final String FINISH = """
            UPDATE orders SET make = 3, ticket_id = ?, settled_at = CASE kind WHEN 'PICKUP' THEN now() END
            WHERE id = ? AND make IN (1, 2)
            RETURNING store_id, kind
            """;
    private static final String DELIVER = """
            UPDATE orders SET delivery = ?, note_id = ?, attempt = ?, courier = ?,
                              settled_at = CASE WHEN ? THEN now() END
            WHERE id = ? AND settled_at IS NULL AND make > 0 AND (attempt, delivery) < (?, ?)
            """;
    private static final String TELL = "INSERT INTO outbox (topic, type, event, key, body) VALUES (?, ?, ?, ?, ?)";

    private static final String TO_BARISTA = "lucky_order_to_barista_topic";
    private static final String TO_DISPATCH = "lucky_order_changed_topic";

    private final DataSource database;
    private final Runnable told;
    private final AtomicLong settled = new AtomicLong();

    /** @param told runs after each commit that leaves a row in the outbox */
    OrderStore(DataSource database, Runnable told) {
        this.database = database;
        this.told = told;
    }

    void createTables() {
        transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(TABLES);
            }
        });
    }

    /** Number of orders that were settled since the start. */
    long settled() {
        return settled.get();
    }

    /** Applies a payment. @return whether the order is paid by this payment, now or before */
    boolean pay(PaymentCallback callback) {
        boolean paid = transaction(connection -> {
            try (PreparedStatement pay = connection.prepareStatement(PAY)) {
                pay.setString(1, callback.paymentId());
                pay.setString(2, callback.orderId());
                pay.setLong(3, callback.amount());
                pay.setString(4, callback.currency());
                try (ResultSet order = pay.executeQuery()) {
                    if (!order.next()) {
                        return isPaidBy(connection, callback);
                    }
                    OrderPaid event = new OrderPaid(callback.orderId(), order.getString(1),
                            Kind.valueOf(order.getString(2)), items(order.getString(3)), callback.paidAt());
                    tell(connection, TO_BARISTA, EventType.ORDER_PAID, IdempotencyKey.ticket(callback.orderId(), null),
                            callback.orderId(), event);
                    return true;
                }
            }
        });
        told.run();
        return paid;
    }

    void start(MakingStarted event) {
        transaction(connection -> {
            try (PreparedStatement start = connection.prepareStatement(START)) {
                start.setString(1, event.ticketId());
                start.setString(2, event.orderId());
                return start.executeUpdate() > 0;
            }
        });
    }

    void finish(Made event) {
        String kind = transaction(connection -> {
            try (PreparedStatement finish = connection.prepareStatement(FINISH)) {
                finish.setString(1, event.ticketId());
                finish.setString(2, event.orderId());
                try (ResultSet order = finish.executeQuery()) {
                    if (!order.next()) {
                        return "";
                    }
                    if (order.getString(2).equals("DELIVERY")) {
                        tell(connection, TO_DISPATCH, EventType.ORDER_CHANGED, IdempotencyKey.note(event.orderId(), null),
                                event.orderId(), new OrderChanged(event.orderId(), order.getString(1), Kind.DELIVERY,
                                        "MADE", "NONE", 3, event.madeAt()));
                    }
                    return order.getString(2);
                }
            }
        });
        if (kind.equals("PICKUP")) {
            settled.incrementAndGet();
        } else if (!kind.isEmpty()) {
            told.run();
        }
    }

    void deliver(ExpressChanged event) {
        boolean over = event.state() == ExpressChanged.State.DELIVERED || event.state() == ExpressChanged.State.FAILED;
        boolean applied = transaction(connection -> {
            try (PreparedStatement deliver = connection.prepareStatement(DELIVER)) {
                int rank = event.state().ordinal() + 1;
                deliver.setInt(1, rank);
                deliver.setString(2, event.noteId());
                deliver.setInt(3, event.attempt());
                deliver.setString(4, event.courier());
                deliver.setBoolean(5, over);
                deliver.setString(6, event.orderId());
                deliver.setInt(7, event.attempt());
                deliver.setInt(8, rank);
                return deliver.executeUpdate() > 0;
            }
        });
        if (over && applied) {
            settled.incrementAndGet();
        }
    }

    private static boolean isPaidBy(Connection connection, PaymentCallback callback) throws SQLException {
        try (PreparedStatement known = connection.prepareStatement(PAID_BY)) {
            known.setString(1, callback.paymentId());
            known.setString(2, callback.orderId());
            try (ResultSet paid = known.executeQuery()) {
                return paid.next() && paid.getBoolean(1);
            }
        }
    }

    private static void tell(Connection connection, String topic, EventType type, String id, String key, Record body)
            throws SQLException {
        try (PreparedStatement tell = connection.prepareStatement(TELL)) {
            tell.setString(1, topic);
            tell.setString(2, type.type());
            tell.setString(3, id);
            tell.setString(4, key);
            tell.setBytes(5, Json.write(body));
            tell.executeUpdate();
        }
    }

    private static List<Item> items(String json) {
        return List.of(Json.read(json.getBytes(StandardCharsets.UTF_8), Item[].class));
    }

    private interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T transaction(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            try {
                T done = work.with(connection);
                connection.commit();
                return done;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database failed", e);
        }
    }
}
