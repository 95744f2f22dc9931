package bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateSearchTest {

    private static final double PRECISION = 0.06;

    @ParameterizedTest
    @ValueSource(doubles = {37, 260, 999, 1_000, 3_456, 12_000})
    void findsWhatCanBeCarriedWithinItsPrecision(double most) {
        RateSearch search = new RateSearch(300, PRECISION);
        int tries = 0;
        for (; !search.isOver() && tries < 25; tries++) {
            double rate = search.next();
            search.tried(rate, rate <= most, Math.min(rate, most));
        }
        assertThat(search.best()).isBetween(most / (1 + PRECISION), most);
        assertThat(tries).isLessThanOrEqualTo(17);
    }

    @Test
    void whatIsSettledUnderTooMuchLoadIsTheNextGuess() {
        RateSearch search = new RateSearch(300, PRECISION);
        search.tried(300, true, 300);
        search.tried(510, true, 510);
        fails(search, 867, 700);
        assertThat(search.next()).isBetween(600.0, 700.0);
    }

    @Test
    void whatFailsAboveIsBelievedRatherThanWhatHeldOnce() {
        RateSearch search = new RateSearch(300, PRECISION);
        search.tried(600, true, 600);
        fails(search, 500, 400);
        assertThat(search.isOver()).isFalse();
        assertThat(search.next()).isLessThan(500);
    }

    @Test
    void aRateThatFailedOnceIsTriedAgain() {
        RateSearch search = new RateSearch(300, PRECISION);
        search.tried(300, false, 200);
        assertThat(search.next()).isEqualTo(300);
        search.tried(300, true, 300);
        assertThat(search.next()).as("it goes on as if nothing had been").isGreaterThan(300);
    }

    @Test
    void aSubjectThatCarriesNothingEndsTheSearch() {
        RateSearch search = new RateSearch(300, PRECISION);
        for (int tries = 0; !search.isOver() && tries < 50; tries++) {
            search.tried(search.next(), false, 0);
        }
        assertThat(search.isOver()).isTrue();
        assertThat(search.best()).isZero();
    }

    private static void fails(RateSearch search, double rate, double settled) {
        search.tried(rate, false, settled);
        search.tried(rate, false, settled);
    }
}
