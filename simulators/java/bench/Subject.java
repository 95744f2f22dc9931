package bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The system under test, a hub or a control, with the two statements by which the bench uses its tables.
 *
 * @param name    in the report
 * @param tag     prefix of the ids of its orders
 * @param servers its processes, one or more
 * @param url     of its database
 * @param seed    the statement that inserts confirmed orders; takes arrays of ids, stores and kinds
 * @param ends    the statement that selects the orders between two ids: id, whether for delivery, whether settled, and the
 *                commit time of the last transaction that changed it, in microseconds of the epoch
 */
record Subject(String name, String tag, List<Server> servers, String url, String seed, String ends) {

    private static final String COMMITTED = "(extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000000)::bigint";

    /**
     * Two orders are confirmed through the API; the others are copies of them, because confirming is not measured here. The
     * two may have expired in a long run, so that the copies reset their settlement.
     */
    static final String SEED_OF_HUB = """
            INSERT INTO orders
            SELECT copy.*
            FROM unnest(?::text[], ?::text[], ?::text[]) AS new(id, store, kind)
            JOIN orders first ON first.id = 'first-' || new.kind,
                 LATERAL jsonb_populate_record(first, jsonb_build_object('id', new.id, 'store_id', new.store,
                     'confirmed_at', now(), 'make_since', now(), 'payment_due', now() + interval '5 minutes',
                     'settlement', NULL, 'settled_at', NULL)) AS copy
            """;

    static final String ENDS_OF_HUB = "SELECT id, kind = 'DELIVERY', settlement IS NOT NULL, " + COMMITTED
            + " FROM orders WHERE id >= ? AND id < ?";

    static final String SEED_OF_OUTBOX = """
            INSERT INTO orders (id, store_id, kind, amount, currency, items)
            SELECT new.id, new.store, new.kind, %d, 'CNY', '[{"sku":"coconut-latte","quantity":1}]'
            FROM unnest(?::text[], ?::text[], ?::text[]) AS new(id, store, kind)
            """.formatted(OrderMix.AMOUNT);

    static final String ENDS_OF_OUTBOX = "SELECT id, kind = 'DELIVERY', settled_at IS NOT NULL, " + COMMITTED
            + " FROM orders WHERE id >= ? AND id < ?";

    /** Its processes, by name. */
    Map<String, ProcessHandle> processes() {
        Map<String, ProcessHandle> processes = new LinkedHashMap<>();
        servers.forEach(server -> processes.put(server.name(), server.process().handle()));
        return processes;
    }

    /** The counters of its processes. */
    SettledCounters settled() {
        return new SettledCounters(servers.stream().map(Server::settled).toList());
    }

    boolean isHub() {
        return seed.equals(SEED_OF_HUB);
    }
}
