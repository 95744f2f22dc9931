package routes.message;

import static org.assertj.core.api.Assertions.assertThat;

import contract.EventType;
import contract.Item;
import contract.Kind;
import contract.OrderPaid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventHeadersTest {

    private static Headers good() {
        Headers headers = new RecordHeaders();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", "t-81");
        put(headers, "ce_source", "barista");
        put(headers, "ce_type", "made");
        put(headers, "ce_time", "2026-03-01T08:30:00Z");
        put(headers, "content-type", "application/json");
        return headers;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anEventIsKnownByItsType() {
        assertThat(CloudEventHeaders.type(good())).isEqualTo("made");
    }

    @Test
    void whatTheHubItselfSendsIsAnEvent() {
        Message message = EventMessage.of(new DefaultCamelContext(), EventType.ORDER_PAID, "81", "ticket-81", Instant.now(),
                new OrderPaid("81", "S1", Kind.PICKUP, List.of(new Item("latte", 1)), Instant.now()));
        Headers headers = new RecordHeaders();
        message.getHeaders().forEach((name, value) -> {
            if (value instanceof byte[] bytes) {
                headers.add(name, bytes);
            }
        });

        assertThat(CloudEventHeaders.type(headers)).isEqualTo(EventType.ORDER_PAID.type());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_source", "ce_type"})
    void withoutOneOfTheNeededAttributesItIsNone(String name) {
        Headers absent = good();
        absent.remove(name);
        Headers valueless = good();
        put(valueless, name, null);
        Headers empty = good();
        put(empty, name, "");

        assertThat(CloudEventHeaders.type(absent)).isNull();
        assertThat(CloudEventHeaders.type(valueless)).isNull();
        assertThat(CloudEventHeaders.type(empty)).isNull();
    }

    @Test
    void aTimeAndAContentTypeMayBeLeftOut() {
        Headers headers = good();
        headers.remove("ce_time").remove("content-type");

        assertThat(CloudEventHeaders.type(headers)).isEqualTo("made");
    }

    @ParameterizedTest
    @CsvSource({"ce_specversion,9.9", "ce_time,noon", "ce_time,", "ce_source,::: not a URI",
            "content-type,application/cloudevents+json"})
    void whatIsWrittenOtherwiseIsNone(String name, String value) {
        Headers headers = good();
        put(headers, name, value);

        assertThat(CloudEventHeaders.type(headers)).isNull();
    }
}
