package chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import contract.Item;
import contract.Kind;
import contract.OrderRequest;
import embedded.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The attack is one: who has the payment system's key alone takes none of these, and who has the forger's takes them. */
class ForgeryTest {

    private static final String GENUINE = Secrets.webhookKey();

    private final Instant now = Instant.now();
    private final byte[] body = Forgery.body(
            new OrderRequest("81", "S1", Kind.PICKUP, 990, "CNY", List.of(new Item("latte", 1))), now);

    @ParameterizedTest
    @EnumSource(Forgery.class)
    void noForgeryHoldsAgainstTheGenuineKey(Forgery forgery) {
        assertThatThrownBy(() -> verify(forgery, GENUINE)).isInstanceOf(WebhookVerificationException.class);
    }

    @ParameterizedTest
    @EnumSource(names = "BY_A_VERSION_AS_KEY")
    void aHubThatTakesAVersionForAKeyIsFooled(Forgery forgery) {
        assertThatCode(() -> verify(forgery, "v1")).doesNotThrowAnyException();
        assertThat(new String(body, StandardCharsets.UTF_8)).contains("\"orderId\":\"81\"");
    }

    private void verify(Forgery forgery, String key) throws Exception {
        Map<String, List<String>> headers = forgery.headers(body, GENUINE, now).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        new Webhook(key).verify(new String(body, StandardCharsets.UTF_8), headers);
    }
}
