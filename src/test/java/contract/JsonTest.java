package contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    /** Stands where a customer's datum or a secret could; no message may say it again. */
    private static final String SECRET = "tell-nobody-4711";

    private static final String GOOD = """
            {"orderId":"order-81","noteId":"note-3","attempt":2,"state":"ASSIGNED","courier":"%s",\
            "deliveredAt":null,"changedAt":"2026-03-01T08:30:00Z"}""".formatted(SECRET);

    @Test
    void aMessageOfTheContractIsReadAndWrittenAsItWas() {
        ExpressChanged message = Json.read(bytes(GOOD), ExpressChanged.class);
        assertThat(message).isEqualTo(new ExpressChanged("order-81", "note-3", 2, ExpressChanged.State.ASSIGNED, SECRET,
                null, Instant.parse("2026-03-01T08:30:00Z")));
        assertThat(new String(Json.write(message), StandardCharsets.UTF_8)).isEqualTo(GOOD);
    }

    @Test
    void whatMayBeNullMayBeAbsent() {
        assertThat(Json.read(bytes(GOOD.replace("\"deliveredAt\":null,", "")), ExpressChanged.class))
                .isEqualTo(Json.read(bytes(GOOD), ExpressChanged.class));
    }

    @Test
    void anUnknownFieldIsRefusedByItsNameAndNotByItsValue() {
        assertThat(refusal(with("\"attempt\":2", "\"attempt\":2,\"colour\":\"" + SECRET + "\"")))
                .isEqualTo("unknown field at colour");
    }

    @Test
    void anUnknownFieldWhoseNameIsNoNameIsNotRepeated() {
        assertThat(refusal(with("\"attempt\"", "\"" + SECRET + " \\r\\n\":1,\"attempt\""))).startsWith("unknown field");
    }

    @Test
    void aFieldThatIsThereTwiceIsRefused() {
        refusal(with("\"attempt\":2", "\"attempt\":2,\"attempt\":2"));
        refusal(with("\"courier\"", "\"courier\":\"other\",\"courier\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", "null", ",", "}", "\u0000", "\"" + SECRET + "\"", "// " + SECRET})
    void anythingAfterTheObjectIsRefused(String more) {
        refusal(bytes(GOOD + more));
        refusal(bytes(GOOD + "\n" + more));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "5", "true", "\"" + SECRET + "\"", "{", SECRET, "{'orderId':'a'}",
        "{\"orderId\":\"" + SECRET + "\",}", "{orderId:\"" + SECRET + "\"}", "[" + "{}" + "]"})
    void whatIsNotOneObjectIsRefused(String json) {
        refusal(bytes(json));
    }

    @Test
    void deepNestingIsRefusedWhereverItIs() {
        refusal(with("\"attempt\":2", "\"attempt\":2,\"colour\":" + "[".repeat(1_000) + "]".repeat(1_000)));
        refusal(with("\"attempt\":2", "\"attempt\":" + "[".repeat(17)));
        refusal(bytes("[".repeat(20_000)));
        refusal(bytes("{\"orderId\":".repeat(10_000)));
    }

    @Test
    void longStringsNamesAndNumbersAreRefused() {
        refusal(with(SECRET, SECRET.repeat(1_000)));
        refusal(with("\"attempt\":2", "\"" + SECRET.repeat(1_000) + "\":1,\"attempt\":2"));
        refusal(with("\"attempt\":2", "\"attempt\":" + "2".repeat(10_000)));
        refusal(with("\"attempt\":2", "\"attempt\":2e999999999"));
    }

    @Test
    void brokenUtf8IsRefusedWhereverItIs() {
        byte[] overlong = bytes(GOOD);
        for (byte[] broken : new byte[][] {{(byte) 0xc3}, {(byte) 0xff}, {(byte) 0xc0, (byte) 0xaf},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}}) {
            assertThat(refusal(spliced(overlong, GOOD.indexOf(SECRET), broken))).isEqualTo("the body is not UTF-8");
            assertThat(refusal(spliced(overlong, overlong.length, broken))).isEqualTo("the body is not UTF-8");
        }
    }

    @Test
    void otherEncodingsAreRefused() {
        refusal(GOOD.getBytes(StandardCharsets.UTF_16));
        refusal(GOOD.getBytes(StandardCharsets.UTF_16LE));
        refusal(with("\"" + SECRET + "\"", "\"é" + SECRET + "\"", StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0", "2.5", "2e0", "\"2\"", "true", "null", "[2]", "{}", "\"\"", "02", "+2", "0x2", "NaN",
        "Infinity", "0", "-1", "101", "99999999999", "9999999999999999999999"})
    void anIntegerIsNothingElse(String value) {
        refusal(with("\"attempt\":2", "\"attempt\":" + value));
    }

    @Test
    void aPrimitiveThatIsAbsentIsRefused() {
        refusal(with("\"attempt\":2,", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "\"0\"", "\"1\"", "\"\"", "null", "\"assigned\"", "\"" + SECRET + "\"", "[\"ASSIGNED\"]",
        "true"})
    void anEnumIsOneOfItsNames(String value) {
        refusal(with("\"ASSIGNED\"", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5.5", "true", "[\"a\"]", "{}", "\"\"", "\" \"", "\"a b\"", "\"a\\nb\"", "\"a\\u0000\"",
        "\"\\u001b[2J\"", "\"a\\r\\nSet-Cookie: x\"", "\"\\ud800\"", "\"" + SECRET + "!\"", "\"../" + SECRET + "\""})
    void anIdIsNothingThatAKeyAPathOrALogLineHasToQuote(String value) {
        refusal(with("\"order-81\"", value));
    }

    @Test
    void anIdOf10KilobytesIsRefused() {
        refusal(with("order-81", "x".repeat(10_000)));
        refusal(with("order-81", "x".repeat(65)));
        assertThatCode(() -> Json.read(with("order-81", "x".repeat(64)), ExpressChanged.class)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1772353800", "1772353800.5", "\"1772353800\"", "\"2026-03-01\"", "\"2026-03-01T08:30:00\"",
        "\"0000-01-01T00:00:00Z\"", "\"+999999999-12-31T23:59:59Z\"", "\"2026-02-30T00:00:00Z\"", "\"2999-12-31T23:59:59-01:00\"",
        "\"2000-01-01T00:00:00+01:00\"", "\"\"", "null", "[2026,3,1]",
        "\"" + SECRET + "\""})
    void aTimeSaysItsOffsetAndIsNoNumber(String value) {
        refusal(with("\"2026-03-01T08:30:00Z\"", value));
    }

    @Test
    void textIsCountedInCharactersAndHoldsNoControls() {
        String cancel = "{\"reason\":\"%s\"}";
        assertThat(Json.read(bytes(cancel.formatted("😀".repeat(200))), CancelRequest.class).reason())
                .isEqualTo("😀".repeat(200));
        for (String bad : new String[] {"😀".repeat(201), SECRET + "\\u0000", SECRET + "\\n", SECRET + "\\u0085",
            SECRET + "\\ud800"}) {
            refusal(bytes(cancel.formatted(bad)), CancelRequest.class);
        }
    }

    private static byte[] with(String part, String other) {
        return with(part, other, StandardCharsets.UTF_8);
    }

    private static byte[] with(String part, String other, java.nio.charset.Charset charset) {
        assertThat(GOOD).contains(part);
        return GOOD.replace(part, other).getBytes(charset);
    }

    private static byte[] spliced(byte[] json, int at, byte[] more) {
        byte[] all = new byte[json.length + more.length];
        System.arraycopy(json, 0, all, 0, at);
        System.arraycopy(more, 0, all, at, more.length);
        System.arraycopy(json, at, all, at + more.length, json.length - at);
        return all;
    }

    private static String refusal(byte[] json) {
        return refusal(json, ExpressChanged.class);
    }

    private static String refusal(byte[] json, Class<?> type) {
        Json.Malformed refused = catchThrowableOfType(Json.Malformed.class, () -> Json.read(json, type));
        assertThat(refused).as("the refusal of %s", new String(json, StandardCharsets.UTF_8)).isNotNull();
        assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(200).doesNotContain(SECRET, "\n", "\r");
        // Nor may its cause, which a log would print.
        assertThat(refused.getCause()).isNull();
        return refused.getMessage();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
