package it.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import lifecycle.UnfitSetting;
import org.junit.jupiter.api.Test;
import testbed.SharedHub;

/** Secrets with which a hub would be open to anybody keep it from starting. */
class UnfitSecretsIT {

    private final SharedHub bed = SharedHub.shared();

    /** As one provider's dashboard shows a key, as nobody has set it yet, and one that is a byte long. */
    @Test
    void aHubDoesNotStartWithCallbackKeysThatAnybodyCouldSignWith() {
        for (String keys : List.of("v1," + SharedHub.KEYS.get(0), "changeme", "whsec_AA==", "", SharedHub.KEYS.get(0) + ",")) {
            assertDoesNotStart(Map.of("hub.callback.keys", keys));
        }
    }

    @Test
    void aHubDoesNotStartWithTokensThatAreShortOrOfTwoRoles() {
        assertDoesNotStart(Map.of("hub.tokens.viewer", "viewer-token"));
        assertDoesNotStart(Map.of("hub.tokens.viewer", SharedHub.SHOP));
    }

    private void assertDoesNotStart(Map<String, String> different) {
        Throwable failure = catchThrowable(() -> bed.startHub(different).close());
        assertThat(failure).as(different.toString()).isNotNull().rootCause().isInstanceOf(UnfitSetting.class);
    }
}
