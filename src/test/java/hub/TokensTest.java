package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import lifecycle.UnfitSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With which tokens a hub starts. */
class TokensTest {

    private static final String ONE = "one-token-of-some-thirty-characters";
    private static final String OTHER = "another-token-of-thirty-characters";

    @ParameterizedTest
    @ValueSource(strings = {"changeme", "twenty-three-characters", " ", "a token with blanks in it, long enough",
        " leading-blank-and-long-enough",
        "trailing-newline-and-long-enough\n", "a-control-\u0000-character-in-the-middle",
        "a-zero-\u200bwidth-character-in-it", "é-is-no-letter-of-a-bearer-token", "an-equals-sign=in-the-middle-of-it"})
    void aTokenThatCouldBeGuessedOrNeverBeSentIsRefusedAndNotRepeated(String bad) {
        UnfitSetting refused = catchThrowableOfType(UnfitSetting.class,
                () -> new HubSettings.Tokens(ONE, bad, "", null, "", ""));
        assertThat(refused).hasMessageContaining("hub.tokens.operator (HUB_TOKEN)")
                .hasMessageContaining("start the hub again");
        assertThat(bad.isBlank() || !refused.getMessage().contains(bad.strip())).isTrue();
    }

    @Test
    void oneTokenForTwoRolesIsRefused() {
        UnfitSetting refused = catchThrowableOfType(UnfitSetting.class,
                () -> new HubSettings.Tokens(ONE, OTHER, "", ONE, "", ""));
        assertThat(refused).hasMessageContaining("hub.tokens.shop (HUB_SHOP_TOKEN)")
                .hasMessageContaining("hub.tokens.viewer");
        assertThat(refused.getMessage()).doesNotContain(ONE);
    }

    @Test
    void rolesWithoutATokenAndTokensOfTheirOwnAreWell() {
        assertThatCode(() -> new HubSettings.Tokens(null, "", null, ONE, OTHER, "dGhpcyBpcyBiYXNlNjQgd2l0aCBwYWRkaW5n="))
                .doesNotThrowAnyException();
        assertThat(new HubSettings.Tokens(ONE, "", "", "", "", "")).asString().doesNotContain(ONE);
    }
}
