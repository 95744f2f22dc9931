package routes;

import contract.BaristaApi;
import contract.DispatchApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import ledger.Step;
import ledger.Way;
import ledger.order.Estimate;
import ledger.order.Outcome;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import routes.call.Answer;
import routes.figures.ArrowFigures;

/**
 * The answers to the two questions of 确认订单. When a neighbour says nothing in time, a usual time is promised instead and
 * says so: {@code fallback: time-out}.
 */
@Configuration
class Confirming {

    /** The body after an estimate's route. */
    record Estimated(Estimate estimate, Step step) {
    }

    @Bean
    Processor readyAt(ArrowFigures figures, Clock clock, @Value("${hub.estimate.making}") Duration usual) {
        return exchange -> estimated(exchange, figures, clock, usual, "barista", BaristaApi.Estimate.class,
                (answer, now) -> answered(answer.readyAt(), "barista", answer.asOf(), now));
    }

    @Bean
    Processor deliveredAt(ArrowFigures figures, Clock clock, @Value("${hub.estimate.delivery}") Duration usual) {
        return exchange -> estimated(exchange, figures, clock, usual, "dispatch", DispatchApi.Estimate.class,
                (answer, now) -> answered(answer.deliveredAt(), "dispatch", answer.asOf(), now));
    }

    /** When the estimate was made, but not later than now: the neighbour's clock may be ahead of the hub's. */
    private static Estimate answered(Instant at, String from, Instant asOf, Instant now) {
        return Estimate.told(at, from, asOf.isAfter(now) ? now : asOf, now);
    }

    private static <T> void estimated(Exchange exchange, ArrowFigures figures, Clock clock, Duration usual, String who,
                                      Class<T> type, BiFunction<T, Instant, Estimate> estimate) {
        String arrow = ExchangeHelper.getRouteId(exchange);
        String orderId = exchange.getProperty(ConfirmOrder.ORDER_ID, String.class);
        Answer.Read<T> read = Answer.read(exchange.getMessage().getBody(Answer.class), type);
        Instant now = clock.instant();
        // A fallback is older than anything that a neighbour says later.
        Estimate told = read.value() == null ? null : estimate.apply(read.value(), now);
        String none = told != null ? null : read.value() == null ? read.none().reason() : "too late to be true";
        Estimate result = told != null ? told : new Estimate(now.plus(usual), "fallback: " + none, Instant.EPOCH);
        Outcome outcome = told != null ? Outcome.APPLIED : Outcome.FAILED;
        figures.messages(arrow, Way.CALL, 1);
        figures.outcome(arrow, outcome, 1);
        exchange.getMessage().setBody(new Estimated(result, new Step(orderId, arrow, Way.CALL, outcome,
                told != null ? null : "no answer from " + who + " (" + none + "), the usual time")));
    }
}
