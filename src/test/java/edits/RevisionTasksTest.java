package edits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A hub that no longer looks at what is in force says so. */
class RevisionTasksTest {

    @Test
    void aLookThatIsFewIntervalsAgoIsInTime() {
        assertThat(RevisionTasks.late(Duration.ofSeconds(29), Duration.ofSeconds(2), "it")).isNull();
        assertThat(RevisionTasks.late(Duration.ofMinutes(9), Duration.ofMinutes(1), "it")).isNull();
    }

    @Test
    void oneThatIsLongerAgoIsToldOf() {
        assertThat(RevisionTasks.late(Duration.ofSeconds(45), Duration.ofSeconds(2), "the folder"))
                .contains("the folder was last looked at 45 s ago, instead of every 2000 ms", "the log says why");
        assertThat(RevisionTasks.late(Duration.ofMinutes(11), Duration.ofMinutes(1), "it")).isNotNull();
    }
}
