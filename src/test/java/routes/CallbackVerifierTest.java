package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Base64;
import java.util.List;
import lifecycle.UnfitSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With which keys a hub takes callbacks. */
class CallbackVerifierTest {

    private static final String GOOD = "whsec_" + Base64.getEncoder().encodeToString("a key of twenty-four bytes"
            .substring(0, 24).getBytes());

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "v1", "v1,", "changeme", "whsec_", "whsec_AA==", "WHSEC_",
        // 23 bytes.
        "whsec_b2xkLWtleS1vbGQta2V5LW9sZC1rZXk=",
        // A good one but for its case, a blank, what is before or behind it, and the last bits, which say nothing.
        "Whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2L LaSw",
        " whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
        "v1:whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAB==",
        // The alphabet of URLs.
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_"})
    void aKeyThatCouldBeGuessedOrIsNoneIsRefusedWhereverItStandsAndNotRepeated(String bad) {
        for (List<String> keys : List.of(List.of(bad), List.of(GOOD, bad), List.of(bad, GOOD))) {
            UnfitSetting refused = catchThrowableOfType(UnfitSetting.class, () -> new CallbackVerifier(keys));
            assertThat(refused).hasMessageContaining("HUB_CALLBACK_KEYS").hasMessageContaining("start the hub again");
            assertThat(bad.length() < 7 || !refused.getMessage().contains(bad.strip())).isTrue();
        }
    }

    @Test
    void aHubWithoutAKeyIsRefused() {
        assertThat(catchThrowableOfType(UnfitSetting.class, () -> new CallbackVerifier(List.of())))
                .hasMessageContaining("hub.callback.keys");
    }

    @Test
    void aWholeKeyIsTakenWithAndWithoutItsPadding() {
        String padded = "whsec_" + Base64.getEncoder().encodeToString("a key of more than twenty-four bytes".substring(0, 32)
                .getBytes());
        assertThat(padded).endsWith("=");
        assertThatCode(() -> new CallbackVerifier(List.of(GOOD, padded, padded.replace("=", ""))))
                .doesNotThrowAnyException();
    }
}
