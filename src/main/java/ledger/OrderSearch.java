package ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import ledger.order.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks for orders, the newest first. States are in no index, since each change would have to be written there: the orders
 * that store and time select are looked through, a bounded number per call, however few of them fit.
 */
final class OrderSearch {

    /** Takes the database some hundredths of a second. */
    static final int LOOKED_THROUGH = 10_000;

    private static final String PLACE = """
            SELECT id, store_id, confirmed_at FROM orders WHERE id = :id
            UNION ALL
            SELECT id, store_id, confirmed_at FROM order_history WHERE id = :id
            LIMIT 1
            """;

    private static final String NEWEST_FIRST = " ORDER BY confirmed_at DESC, store_id DESC, id DESC";

    private final JdbcClient jdbc;

    OrderSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Place(String id, String storeId, String confirmedAt) {
    }

    private record Row(Order order, boolean fits, boolean last) {
    }

    /** See {@link OrderQueries#search}. */
    Optional<OrderPage> find(OrderFilter filter, String after, int limit) {
        if (after == null) {
            return Optional.of(page(filter, null, limit));
        }
        return jdbc.sql(PLACE).param("id", after)
                .query((row, n) -> new Place(row.getString("id"), row.getString("store_id"),
                        Columns.instant(row, "confirmed_at").toString())).optional()
                .map(place -> page(filter, place, limit));
    }

    private OrderPage page(OrderFilter filter, Place after, int limit) {
        List<Row> rows = rows(filter, after, limit + 1);
        if (rows.size() > limit) {
            List<Order> orders = rows.stream().limit(limit).map(Row::order).toList();
            return new OrderPage(orders, orders.get(limit - 1).id());
        }
        return new OrderPage(rows.stream().filter(Row::fits).map(Row::order).toList(),
                rows.stream().filter(Row::last).map(row -> row.order().id()).findFirst().orElse(null));
    }

    /** The orders that fit, and the last one that was looked through, which says where to go on. */
    private List<Row> rows(OrderFilter filter, Place after, int most) {
        Conditions where = where(filter, after).value("through", LOOKED_THROUGH).value("most", most);
        // One statement, one snapshot: an order that moves meanwhile is in exactly one of the two tables.
        String found = "SELECT * FROM orders WHERE " + where.sql()
                + (filter.storeId() == null ? ""
                        : " UNION ALL SELECT * FROM order_history WHERE " + where.sql() + settledSince(filter))
                + NEWEST_FIRST + " LIMIT :through";
        return jdbc.sql("SELECT * FROM (SELECT *, row_number() OVER (" + NEWEST_FIRST + ") AS place, coalesce("
                        + fits(filter, where) + ", false) AS fits FROM (" + found + ") AS found) AS placed"
                        + " WHERE fits OR place = :through ORDER BY place LIMIT :most")
                .params(where.values()).query(OrderSearch::row).list();
    }

    private static Conditions where(OrderFilter filter, Place after) {
        Conditions where = new Conditions()
                .and("store_id = :store", "store", filter.storeId())
                .and("confirmed_at >= :from::timestamptz", "from", filter.from())
                .and("confirmed_at < :to::timestamptz", "to", filter.to());
        if (after != null) {
            where.and("(confirmed_at, store_id, id) < (:afterAt::timestamptz, :afterStore, :afterId)", "afterAt",
                    after.confirmedAt()).value("afterStore", after.storeId()).value("afterId", after.id());
        }
        return where;
    }

    /** An order is settled after it was confirmed, so that partitions of older days are left out. */
    private static String settledSince(OrderFilter filter) {
        return filter.from() == null ? "" : " AND settled_at >= :from::timestamptz";
    }

    private static String fits(OrderFilter filter, Conditions values) {
        if (filter.state() == null) {
            return "true";
        }
        if (filter.state().equals(OrderFilter.OPEN)) {
            return "settlement IS NULL";
        }
        values.value("state", filter.state());
        return ":state IN (make::text, delivery::text, cancel::text, settlement::text)";
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(OrderRows.read(row, number), row.getBoolean("fits"), row.getLong("place") == LOOKED_THROUGH);
    }
}
