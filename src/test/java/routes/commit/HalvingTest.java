package routes.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HalvingTest {

    private final List<Integer> alone = new ArrayList<>();
    private final List<Integer> taken = new ArrayList<>();
    private int tries;

    @Test
    void theOnesForWhichABatchFailsEndUpAloneAndTheOthersAreTakenInTheirOrder() {
        Halving.of(IntStream.range(0, 1_000).boxed().toList(), batch -> {
            tries++;
            boolean fails = batch.contains(17) || batch.contains(500);
            if (!fails) {
                taken.addAll(batch);
            } else if (batch.size() == 1) {
                alone.addAll(batch);
            }
            return fails;
        });

        assertThat(alone).containsExactly(17, 500);
        assertThat(taken).isEqualTo(IntStream.range(0, 1_000).filter(i -> i != 17 && i != 500).boxed().toList());
        assertThat(tries).isLessThan(50);
    }
}
