package hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionRulesTest {

    private static final long MB = 1024 * 1024;

    @Test
    void connectionsAreAsManyAsAQuarterOfTheHeapHolds() {
        assertThat(ConnectionRules.fitting(360 * MB)).isEqualTo(960);
        assertThat(ConnectionRules.fitting(16 * MB)).isEqualTo(200);
        assertThat(ConnectionRules.fitting(64 * 1024 * MB)).isEqualTo(8_192);
    }
}
