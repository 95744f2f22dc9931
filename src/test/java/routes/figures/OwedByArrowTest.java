package routes.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import ledger.Owed;
import ledger.order.Debt;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class OwedByArrowTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final List<Owed> SOME = List.of(
            new Owed(new Owed.Awaited(Debt.TICKET, false), 5, 2),
            new Owed(new Owed.Awaited(Debt.MAKING, false), 3, 0),
            new Owed(new Owed.Awaited(Debt.MAKING, true), 4, 1),
            new Owed(new Owed.Added("settled-to-loyalty"), 7, 0));

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private OwedByArrow owed(Supplier<List<Owed>> ledger) {
        return new OwedByArrow(ledger, Clock.fixed(NOON, ZoneOffset.UTC), metrics);
    }

    private double gauge(String name, String arrow) {
        return metrics.get(name).tag("arrow", arrow).gauge().value();
    }

    @Test
    void aDebtStandsAtItsPushAndAtThePullThatMakesUpForIt() {
        OwedByArrow.Reading now = owed(() -> SOME).now();
        assertThat(now.of("push-order")).isEqualTo(new OwedByArrow.Figure(5, 2));
        assertThat(now.of("pull-unaccepted")).isEqualTo(now.of("push-order"));
        assertThat(now.of("making-started").orders()).isEqualTo(3);
        assertThat(now.of("made").orders()).isEqualTo(4);
        assertThat(now.of("pull-making")).as("both").isEqualTo(new OwedByArrow.Figure(7, 1));
        assertThat(now.of("settled-to-loyalty").orders()).isEqualTo(7);
        assertThat(now.of("push-dispatch").orders()).as("nothing now").isZero();
        assertThat(now.of("confirm-barista-eta")).as("never anything").isNull();
    }

    @Test
    void theFiguresOfAllArrowsAddUpToWhatIsOwed() {
        assertThat(owed(() -> SOME).now().arrows().values().stream().mapToLong(OwedByArrow.Figure::orders).sum())
                .isEqualTo(19);
    }

    @Test
    void howeverManyAskTheLedgerIsReadOnceASecond() {
        AtomicInteger readings = new AtomicInteger();
        OwedByArrow owed = owed(() -> {
            readings.incrementAndGet();
            return SOME;
        });
        for (int i = 0; i < 1_000; i++) {
            owed.now();
        }
        assertThat(readings.get()).isEqualTo(1);
    }

    @Test
    void everyArrowHasItsGaugesAlsoOneThatWasAddedLater() {
        OwedByArrow owed = owed(() -> SOME);
        assertThat(gauge("hub.owed", "push-order")).isEqualTo(5);
        assertThat(gauge("hub.owed.late", "push-order")).isEqualTo(2);
        assertThat(gauge("hub.owed", "cancel-dispatch")).isZero();
        owed.now();
        assertThat(gauge("hub.owed", "settled-to-loyalty")).isEqualTo(7);
    }

    @Test
    void withoutALedgerTheLastFiguresStayWithTheirTimeAndAMetricSaysNothingRatherThanZero() {
        OwedByArrow owed = owed(() -> {
            throw new DataAccessResourceFailureException("the database is away");
        });
        assertThat(owed.now()).satisfies(now -> {
            assertThat(now.at()).isBefore(NOON.minus(Duration.ofMinutes(1)));
            assertThat(now.of("push-order")).isNull();
        });
        assertThat(gauge("hub.owed", "push-order")).isNaN();
    }
}
