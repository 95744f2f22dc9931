package routes.http;

import org.apache.camel.Exchange;

/** The query's {@code limit} of a list that is answered a page at a time. */
public final class Paging {

    /** Rows on one page, at most. */
    static final int LARGEST = 500;

    private Paging() {
    }

    /**
     * @return how many rows the page may have: 100 unless the query says otherwise
     * @throws Problem 400, when it is not a number from 1 to {@link #LARGEST}
     */
    public static int limit(Exchange exchange) {
        String limit = exchange.getMessage().getHeader("limit", "100", String.class);
        if (!limit.matches("[1-9]\\d{0,2}") || Integer.parseInt(limit) > LARGEST) {
            throw Problem.malformed("limit must be 1 to " + LARGEST);
        }
        return Integer.parseInt(limit);
    }
}
