package routes.endpoint;

import java.util.List;
import ledger.Result;
import org.apache.camel.Exchange;
import routes.http.Problem;

/** The body after a {@code to: ledger:…}: what came of each event. */
public final class ResultsBody {

    private ResultsBody() {
    }

    /** The result of the one event that a request told; those of early events that it set free follow. */
    public static Result first(Exchange exchange) {
        List<?> results = exchange.getMessage().getBody(List.class);
        if (results.isEmpty()) {
            // The ledger parked the event, as it could not apply it: a fault of the hub.
            throw Problem.internal();
        }
        return (Result) results.get(0);
    }
}
