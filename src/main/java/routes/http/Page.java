package routes.http;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.camel.Exchange;

/**
 * One page of a list. It is read with one row more than the page has room for, which tells whether another page follows.
 *
 * {@snippet :
 * Page<AuditLine> page = Page.of(Page.limit(exchange), rows -> audit.list(filter, Page.after(exchange), rows));
 * Reply.json(exchange, 200, new AuditLines(page.rows(), page.next(AuditLine::id)));
 * }
 *
 * @param rows    those of this page
 * @param hasMore whether another page follows
 */
public record Page<T>(List<T> rows, boolean hasMore) {

    /** The largest value of the query parameter {@code limit}, in rows. */
    private static final int LARGEST = 500;

    /**
     * @param limit the largest number of rows on the page
     * @param read  reads up to the given number of rows of the list, from where the page begins
     */
    public static <T> Page<T> of(int limit, IntFunction<List<T>> read) {
        List<T> found = read.apply(limit + 1);
        return found.size() > limit ? new Page<>(found.subList(0, limit), true) : new Page<>(found, false);
    }

    /**
     * The value of {@code after} that asks for the page that follows.
     *
     * @param key names a row, in the order of the list
     * @return null on the last page
     */
    public <K> K next(Function<T, K> key) {
        return hasMore ? key.apply(rows.get(rows.size() - 1)) : null;
    }

    /**
     * The query parameter {@code limit}.
     *
     * @return the largest number of rows on the page; 100 when the query has no limit
     * @throws Problem 400 when it is not a number from 1 to 500
     */
    public static int limit(Exchange exchange) {
        String limit = exchange.getMessage().getHeader("limit", "100", String.class);
        if (!limit.matches("[1-9]\\d{0,2}") || Integer.parseInt(limit) > LARGEST) {
            throw Problem.malformed("limit must be 1 to " + LARGEST);
        }
        return Integer.parseInt(limit);
    }

    /**
     * The query parameter {@code after} of a list whose rows have numbers.
     *
     * @return the number of the last row of the page before; null for the first page
     * @throws Problem 400 when it is not a number above 0
     */
    public static Long after(Exchange exchange) {
        String after = Request.given(exchange, "after");
        if (after != null && !after.matches("[1-9]\\d{0,17}")) {
            throw Problem.malformed("after must be the next of the page before");
        }
        return after == null ? null : Long.valueOf(after);
    }
}
