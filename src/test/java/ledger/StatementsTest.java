package ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementsTest {

    @Test
    void severalGoOutAsOneTextInTheirSequence() {
        Statements together = of(new Write("UPDATE orders SET make = :make", Map.of("make", "MADE")),
                new Write("INSERT INTO early VALUES (:event)", Map.of("event", "made")));

        assertThat(together.sql()).isEqualTo("UPDATE orders SET make = :make;\nINSERT INTO early VALUES (:event)");
        assertThat(together.values()).isEqualTo(Map.of("make", "MADE", "event", "made"));
    }

    @Test
    void aNameThatTwoWouldShareIsRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> of(new Write("DELETE FROM orders WHERE id = :id", Map.of("id", "a")),
                new Write("DELETE FROM payment WHERE id = :id", Map.of("id", "b"))))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining(":id");
    }

    private static Statements of(Write... writes) {
        return Statements.of(List.of(writes), Write::sql, Write::values);
    }
}
