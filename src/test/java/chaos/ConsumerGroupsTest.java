package chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConsumerGroupsTest {

    private static final TopicPartition FIRST = new TopicPartition("made", 0);
    private static final TopicPartition SECOND = new TopicPartition("made", 1);

    @Test
    void whoHasReadTheLastRecordOfEachPartitionIsNotBehind() {
        assertThat(ConsumerGroups.behind("g", Map.of(FIRST, 8L, SECOND, 1L), Map.of(FIRST, 7L, SECOND, 0L))).isEmpty();
    }

    @Test
    void aPartitionThatIsNotReadToItsEndIsNamed() {
        assertThat(ConsumerGroups.behind("g", Map.of(FIRST, 7L, SECOND, 1L), Map.of(FIRST, 7L, SECOND, 0L)))
                .hasValueSatisfying(violation -> {
                    assertThat(violation.kind()).isEqualTo(Violation.Kind.UNREAD);
                    assertThat(violation.what()).isEqualTo("g has read made-0 up to 7 of 8");
                });
    }

    @Test
    void whoHasNeverReadIsBehind() {
        assertThat(ConsumerGroups.behind("g", Map.of(), Map.of(FIRST, 0L))).isPresent();
    }
}
