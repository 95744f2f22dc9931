package routes;

import contract.BaristaApi;
import contract.DispatchApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import ledger.Estimate;
import ledger.Outcome;
import ledger.Step;
import ledger.Way;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The answers to the two questions of 确认订单. When a neighbour says nothing in time, a usual time is promised instead and
 * says so: {@code fallback: time-out}.
 */
@Configuration
class Confirming {

    /** What an estimate's route leaves in its body. */
    record Estimated(Estimate estimate, Step step) {
    }

    @Bean
    Processor readyAt(ArrowFigures figures, Clock clock, @Value("${hub.estimate.making}") Duration usual) {
        return exchange -> estimated(exchange, figures, clock, usual, "barista", BaristaApi.Estimate.class,
                answer -> new Estimate(answer.readyAt(), "barista", answer.asOf()));
    }

    @Bean
    Processor deliveredAt(ArrowFigures figures, Clock clock, @Value("${hub.estimate.delivery}") Duration usual) {
        return exchange -> estimated(exchange, figures, clock, usual, "dispatch", DispatchApi.Estimate.class,
                answer -> new Estimate(answer.deliveredAt(), "dispatch", answer.asOf()));
    }

    private static <T> void estimated(Exchange exchange, ArrowFigures figures, Clock clock, Duration usual, String who,
                                      Class<T> type, Function<T, Estimate> estimate) {
        String arrow = ExchangeHelper.getRouteId(exchange);
        String orderId = exchange.getProperty(ConfirmOrder.ORDER_ID, String.class);
        Answer.Read<T> read = Answer.read(exchange.getMessage().getBody(Answer.class), type);
        Instant now = clock.instant();
        // A fallback is nobody's word: whatever a neighbour says later is newer.
        Estimate result = read.value() != null ? estimate.apply(read.value())
                : new Estimate(now.plus(usual), "fallback: " + read.none().reason(), Instant.EPOCH);
        Outcome outcome = read.value() != null ? Outcome.APPLIED : Outcome.FAILED;
        figures.messages(arrow, Way.CALL, 1);
        figures.outcome(arrow, outcome, 1);
        exchange.getMessage().setBody(new Estimated(result, new Step(orderId, arrow, Way.CALL, outcome,
                read.value() != null ? null : "no answer from " + who + " (" + read.none().reason() + "), the usual time")));
    }
}
