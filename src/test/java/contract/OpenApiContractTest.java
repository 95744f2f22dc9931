package contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OpenApiContractTest {

    private static final String FLOW = "{\"confirmed\":1,\"settled\":1,\"inFlight\":0,\"late\":0}";
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private final OpenApiContract contract = OpenApiContract.load();

    @Test
    void anAnswerOfTheContractPasses() {
        assertThatCode(() -> check("GET", "/api/flow", 200, JSON, FLOW)).doesNotThrowAnyException();
        assertThatCode(() -> check("GET", "/api/flow", 200, "application/json;charset=UTF-8", FLOW))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("POST", "/api/payments/callback", 204, null, "")).doesNotThrowAnyException();
        assertThatCode(() -> check("GET", "/api/openapi.yaml", 200, "application/yaml", "openapi: 3.1.0"))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("POST", "/api/orders/order-81/cancel", 202, JSON,
                "{\"orderId\":\"order-81\",\"status\":\"CANCEL_REQUESTED\"}")).doesNotThrowAnyException();
        assertThatCode(() -> check("GET", "/api/orders/order-81", 404, PROBLEM, problem("no-such-order", 404)))
                .doesNotThrowAnyException();
    }

    @Test
    void aStatusThatIsNotListedFails() {
        assertThatThrownBy(() -> check("GET", "/api/flow", 418, JSON, FLOW))
                .isInstanceOf(AssertionError.class).hasMessageContaining("doesn't list");
    }

    @Test
    void anOperationThatIsNotListedMayOnlyBeRefused() {
        assertThatThrownBy(() -> check("GET", "/api/secrets", 200, JSON, "{}"))
                .isInstanceOf(AssertionError.class).hasMessageContaining("no such operation");
        assertThatThrownBy(() -> check("DELETE", "/api/flow", 200, JSON, FLOW)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("GET", "/api/secrets", 404, PROBLEM, problem("no-such-order", 404)))
                .isInstanceOf(AssertionError.class);
        assertThatCode(() -> check("GET", "/api/secrets", 404, PROBLEM, problem("not-served", 404)))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("DELETE", "/api/flow", 405, PROBLEM, problem("not-served", 405)))
                .doesNotThrowAnyException();
    }

    @Test
    void aMissingFieldFails() {
        assertThatThrownBy(() -> check("GET", "/api/flow", 200, JSON, FLOW.replace(",\"late\":0", "")))
                .isInstanceOf(AssertionError.class).hasMessageContaining("late");
    }

    @Test
    void anUnknownFieldFails() {
        assertThatThrownBy(() -> check("GET", "/api/flow", 200, JSON, FLOW.replace("}", ",\"lost\":0}")))
                .isInstanceOf(AssertionError.class).hasMessageContaining("lost");
    }

    @Test
    void aValueOutOfBoundsFailsHoweverDeepItIs() {
        assertThatThrownBy(() -> check("GET", "/api/flow", 200, JSON, FLOW.replace("\"late\":0", "\"late\":-1")))
                .isInstanceOf(AssertionError.class);
        String page = "{\"orders\":[{\"orderId\":\"a\",\"storeId\":\"s\",\"kind\":\"PICKUP\",\"state\":\"PAID\","
                + "\"since\":\"2026-03-01T08:30:00Z\",\"items\":[{\"sku\":\"latte\",\"quantity\":1}],"
                + "\"idempotencyKey\":\"ticket-a\"}],\"next\":null}";
        assertThatCode(() -> check("GET", "/api/stores/s/orders", 200, JSON, page)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("GET", "/api/stores/s/orders", 200, JSON, page.replace(":1}", ":0}")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("GET", "/api/stores/s/orders", 200, JSON, page.replace("T08", " 08")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void anotherProblemThanTheStatusMeansFails() {
        assertThatThrownBy(() -> check("POST", "/api/orders", 409, PROBLEM, problem("payment-id-taken", 409)))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("POST", "/api/orders", 409, PROBLEM, problem("order-id-taken", 400)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void anotherContentTypeFails() {
        assertThatThrownBy(() -> check("GET", "/api/flow", 200, "text/html", FLOW))
                .isInstanceOf(AssertionError.class).hasMessageContaining("text/html");
        assertThatThrownBy(() -> check("GET", "/api/flow", 200, null, FLOW)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("GET", "/api/flow", 403, JSON, problem("not-allowed", 403)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aBodyThatIsNoJsonOrTooMuchFails() {
        assertThatThrownBy(() -> check("GET", "/api/flow", 200, JSON, "")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("GET", "/api/flow", 200, JSON, FLOW + FLOW)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("POST", "/api/payments/callback", 204, null, "{}"))
                .isInstanceOf(AssertionError.class).hasMessageContaining("with a body");
    }

    /** Else a misspelt reference or an example that nobody could send would go unnoticed until someone relies on it. */
    @TestFactory
    Stream<DynamicTest> everyReferenceLeadsSomewhereAndEveryExampleIsValid() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String file : List.of("openapi.yaml", "neighbours.yaml")) {
            SchemaFiles files = new SchemaFiles(file);
            JsonNode root = files.document(file);
            List<String> references = root.findValuesAsText("$ref");
            tests.add(DynamicTest.dynamicTest(file + " has no dead reference", () -> assertThat(references).isNotEmpty()
                    .allSatisfy(ref -> assertThat(root.at(ref.substring(1)).isMissingNode()).as(ref).isFalse())));
            tests.add(DynamicTest.dynamicTest(file + " names each operation once", () ->
                    assertThat(root.findValuesAsText("operationId")).isNotEmpty().doesNotHaveDuplicates()));
            root.get("components").get("schemas").properties().forEach(schema ->
                    schema.getValue().path("examples").forEach(example -> tests.add(DynamicTest.dynamicTest(
                            file + " " + schema.getKey(), () -> assertThat(files.violations(file,
                                    "#/components/schemas/" + schema.getKey(), example)).isEmpty()))));
        }
        return tests.stream();
    }

    @Test
    void everyResponseAndRequestNamesItsSchema() {
        SchemaFiles files = new SchemaFiles("openapi.yaml");
        assertThat(files.document("openapi.yaml").findValues("content")).isNotEmpty().allSatisfy(content ->
                content.forEach(type -> {
                    String schema = type.get("schema").get("$ref").asText();
                    assertThat(schema).startsWith("#/components/schemas/");
                    assertThatCode(() -> files.schema("openapi.yaml", schema).initializeValidators())
                            .doesNotThrowAnyException();
                }));
    }

    private static String problem(String type, int status) {
        return "{\"type\":\"urn:lucky-hub:problem:" + type + "\",\"title\":\"t\",\"status\":" + status
                + ",\"detail\":\"d\"}";
    }

    private void check(String method, String path, int status, String contentType, String body) {
        contract.check(method, path, status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }
}
