package ledger.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/states.svg} shows the states and moves that the code has. */
class StatesDrawingTest {

    private static final Path FILE = Path.of("docs", "states.svg");
    private static final String WRITE = "./mvnw test -Dtest=StatesDrawingTest -Ddocs.write=true";

    @Test
    void theDrawingIsThatOfTheCode() throws IOException {
        String drawn = StatesDrawing.of(new StateMoves(new Transitions(OrderFixture.PATIENCE)));

        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(FILE, drawn);
        }

        assertThat(Files.readString(FILE).equals(drawn))
                .as("%s shows what the code has; else write it anew by %s, and look at it", FILE, WRITE).isTrue();
    }

    @Test
    void everyKindOfEventIsTried() {
        assertThat(StateMoves.everything()).<Class<?>>extracting(said -> said.event().getClass())
                .contains(Event.class.getPermittedSubclasses());
    }
}
