package routes.endpoint;

import java.util.List;
import ledger.Result;
import org.apache.camel.Exchange;
import routes.http.Problem;

/** What {@code ledger:} left in the body. */
public final class ResultsBody {

    private ResultsBody() {
    }

    /** The result of the one event that a request told; those of early events that it set free follow. */
    public static Result first(Exchange exchange) {
        List<?> results = exchange.getMessage().getBody(List.class);
        if (results.isEmpty()) {
            // The ledger could not apply it and parked it; only a fault of ours gets here.
            throw Problem.internal();
        }
        return (Result) results.get(0);
    }
}
