package bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void oneThatIsFarOffMovesTheRangeButNotTheMedian() {
        assertThat(Spread.of(List.of(950.0, 12.0, 1_000.0))).isEqualTo(new Spread(950, 12, 1_000, 3));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(2.5, 1, 4, 4));
    }

    @Test
    void noRepeatsAreNoFigure() {
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
