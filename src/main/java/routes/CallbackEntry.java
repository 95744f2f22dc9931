package routes;

import contract.Json;
import contract.PaymentCallback;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import ledger.Origin;
import ledger.Parked;
import ledger.Result;
import ledger.Way;
import ledger.order.Outcome;
import org.apache.camel.Processor;
import org.apache.camel.http.common.HttpMessage;
import org.apache.camel.support.ExchangeHelper;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.commit.EventApplier;
import routes.endpoint.LedgerEndpoint;
import routes.endpoint.ResultsBody;
import routes.http.Problem;
import routes.http.RateLimitedLog;
import routes.http.Reply;
import routes.http.Request;
import routes.message.KafkaRecord;

/** The two ends of {@code payment-callback}: a genuine callback in, an answer out that is 2xx only for what is durable. */
@Configuration
class CallbackEntry {

    @Bean
    Processor genuineCallback(CallbackVerifier verifier, EventApplier applier, MeterRegistry metrics) {
        RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(CallbackEntry.class));
        Map<CallbackVerifier.Reason, Counter> rejected = new EnumMap<>(CallbackVerifier.Reason.class);
        for (CallbackVerifier.Reason reason : CallbackVerifier.Reason.values()) {
            rejected.put(reason, metrics.counter("hub.callbacks.rejected", "reason", word(reason)));
        }
        return exchange -> {
            byte[] body = Request.body(exchange);
            HttpServletRequest request = exchange.getMessage(HttpMessage.class).getRequest();
            Map<String, List<String>> signature = signature(request);
            Optional<CallbackVerifier.Doubt> doubts = verifier.doubts(body, signature, Instant.now());
            if (doubts.isPresent()) {
                CallbackVerifier.Doubt doubt = doubts.get();
                rejected.get(doubt.reason()).increment();
                log.warn(word(doubt.reason()), () -> "arrow=payment-callback a callback from " + request.getRemoteAddr()
                        + " was answered 401, reason=" + word(doubt.reason()) + ": " + doubt.detail());
                throw notGenuine(doubt);
            }
            String path = request.getServletPath() + request.getPathInfo();
            // Made on demand, as few callbacks are parked.
            Supplier<Origin> origin = () -> origin(path, signature, body);
            try {
                exchange.getMessage().setBody(Json.read(body, PaymentCallback.class));
            } catch (Json.Malformed e) {
                // It is signed and about money, and is therefore kept, once, for a person.
                applier.park(List.of(new Parked(ExchangeHelper.getRouteId(exchange), Way.PUSH, null, e.getMessage(),
                        origin.get())));
                throw Problem.malformed(e.getMessage());
            }
            exchange.setProperty(LedgerEndpoint.ORIGIN, origin);
        };
    }

    @Bean
    Processor callbackAnswer() {
        return exchange -> {
            Result result = ResultsBody.first(exchange);
            if (result.outcome() == Outcome.CONFLICT) {
                throw new Problem(409, "payment-id-taken", "The payment id was used for something else",
                        result.why() + "; it was recorded and parked, and sending it again changes nothing");
            }
            if (result.outcome() == Outcome.REFUSED || isRefusedBefore(result)) {
                throw new Problem(422, "payment-refused", "The payment does not fit its order",
                        result.why() + "; it was recorded and parked for a person, and sending it again changes nothing");
            }
            Reply.empty(exchange, 204);
        };
    }

    /** The answer names a reason only for a wrong clock: a forger would learn from reasons about keys and headers. */
    private static Problem notGenuine(CallbackVerifier.Doubt doubt) {
        return new Problem(401, "not-genuine", "The callback's signature does not hold",
                doubt.reason() != CallbackVerifier.Reason.CLOCK
                        ? "sign the raw body by Standard Webhooks with the key that the hub knows, within five minutes"
                        : "webhook-timestamp is " + doubt.ahead().abs().toSeconds() + " s "
                        + (doubt.ahead().isNegative() ? "behind" : "ahead of") + " this hub's clock and may be "
                        + CallbackVerifier.TOLERANCE.toSeconds() + " s; set the clock, sign it again and send it again");
    }

    private static String word(CallbackVerifier.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /** The same callback gets the same answer each time. */
    private static boolean isRefusedBefore(Result result) {
        return result.outcome() == Outcome.DUPLICATE && result.why().startsWith("REFUSED");
    }

    private static Origin origin(String path, Map<String, List<String>> signature, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        signature.forEach((name, values) -> headers.put(name, KafkaRecord.bounded(values.get(0))));
        return new Origin(path, new String(Json.write(headers), StandardCharsets.UTF_8), body);
    }

    /** Read from the request itself, as Camel may read a list into a header's value. */
    private static Map<String, List<String>> signature(HttpServletRequest request) {
        Map<String, List<String>> signature = new LinkedHashMap<>();
        for (String name : CallbackVerifier.HEADERS) {
            String value = request.getHeader(name);
            if (value != null) {
                signature.put(name, List.of(value));
            }
        }
        return signature;
    }
}
