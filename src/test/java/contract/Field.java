package contract;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A field as the contract has it: values, as JSON, that it takes, and values that it refuses. Where a number stands with
 * a fraction of zero the two sides differ ({@code 1.0} is an integer in JSON Schema and none in Java), so none is here.
 */
record Field(List<String> good, List<String> bad, boolean required) {

    private static final List<String> NO_TEXT = List.of("5", "5.5", "true", "[]", "{}", "[\"a\"]");
    private static final String NULL = "null";

    static Field id() {
        return text(List.of("\"order-81\"", "\"a\"", "\"0\"", "\"A.b_c-9\"", "\"" + "x".repeat(64) + "\""),
                List.of(NULL, "\"\"", "\" \"", "\"a b\"", "\"-a\"", "\".a\"", "\"a/b\"", "\"é\"", "\"a\\n\"", "\"\\na\"",
                        "\"a\\u0000\"", "\"a\\r\\nX\"", "\"" + "x".repeat(65) + "\"", "\"" + "x".repeat(3_000) + "\""));
    }

    static Field time() {
        return text(List.of("\"2026-03-01T08:30:00Z\"", "\"2026-03-01T08:30:00.123456789Z\"",
                        "\"2026-03-01T08:30:00+08:00\"", "\"2000-01-01T00:00:00Z\"", "\"2999-12-31T23:59:59Z\"",
                        "\"2028-02-29T00:00:00Z\""),
                List.of(NULL, "\"\"", "\"soon\"", "\"2026-03-01\"", "\"2026-03-01T08:30:00\"", "\"2026-03-01T08:30Z\"",
                        "\"2026-03-01 08:30:00Z\"", "\" 2026-03-01T08:30:00Z\"", "\"2026-03-01T08:30:00Z\\n\"",
                        "\"2026-02-30T08:30:00Z\"", "\"2026-13-01T08:30:00Z\"", "\"2026-03-01T25:30:00Z\"",
                        "\"2026-03-01T08:30:60Z\"", "\"2026-03-01T08:30:00+0800\"", "\"1999-12-31T23:59:59Z\"",
                        "\"0000-01-01T00:00:00Z\"", "\"3000-01-01T00:00:00Z\"", "\"+999999999-12-31T23:59:59Z\"",
                        "\"1772353800\"", "1772353800", "1772353800.5"));
    }

    /** For people; may always be absent. */
    static Field text() {
        return text(List.of(NULL, "\"\"", "\"ordered twice\"", "\"" + "字".repeat(200) + "\"",
                        "\"" + "😀".repeat(200) + "\"", "\"\\ud83d\\ude00\"", "\"a\\\"b<c>\\u2028\""),
                List.of("\"" + "x".repeat(201) + "\"", "\"" + "😀".repeat(201) + "\"", "\"a\\nb\"", "\"a\\n\"", "\"\\u0000\"",
                        "\"\\u007f\"", "\"\\u0085\"", "\"a\\ud800b\"", "\"\\udc00\"")).optional();
    }

    /** Any text at all. */
    static Field anything() {
        return text(List.of("\"cancel-dispatch-order-81\""), List.of(NULL));
    }

    static Field currency() {
        return text(List.of("\"CNY\"", "\"EUR\""), List.of(NULL, "\"\"", "\"cny\"", "\"CNYX\"", "\"CN\"", "\"CNY\\n\"", "\"C1Y\""));
    }

    static Field oneOf(String... words) {
        return text(Stream.of(words).map(word -> "\"" + word + "\"").toList(),
                List.of(NULL, "\"\"", "\"0\"", "0", "\"" + words[0].toLowerCase(java.util.Locale.ROOT) + "\"", "\"OTHER\""));
    }

    static Field whole(long least, long most) {
        List<String> bad = new ArrayList<>(List.of(NULL, "\"\"", "\"" + least + "\"", least + ".5", "true", "[]", "{}",
                String.valueOf(least - 1), "99999999999999999999999"));
        if (most < Long.MAX_VALUE) {
            bad.add(String.valueOf(most + 1));
        }
        return new Field(List.of(String.valueOf(least), String.valueOf(most)), bad, true);
    }

    static Field list(int least, int most, Field element) {
        List<String> good = new ArrayList<>(element.good().stream().map(value -> "[" + value + "]").toList());
        good.add(times(most, element));
        List<String> bad = new ArrayList<>(element.bad().stream().map(value -> "[" + value + "]").toList());
        bad.addAll(List.of(NULL, "\"\"", "{}", "5", element.good().get(0), "[null]", times(most + 1, element)));
        (least == 0 ? good : bad).add("[]");
        return new Field(good, bad, true);
    }

    /** Null and absence are taken too. */
    Field optional() {
        List<String> taken = Stream.concat(good.stream(), Stream.of(NULL)).distinct().toList();
        return new Field(taken, bad.stream().filter(value -> !value.equals(NULL)).toList(), false);
    }

    /** Null and absence are refused. */
    Field mandatory() {
        return new Field(good.stream().filter(value -> !value.equals(NULL)).toList(),
                Stream.concat(bad.stream(), Stream.of(NULL)).distinct().toList(), true);
    }

    private static Field text(List<String> good, List<String> bad) {
        return new Field(good, Stream.concat(bad.stream(), NO_TEXT.stream()).toList(), true);
    }

    private static String times(int count, Field element) {
        return "[" + String.join(",", java.util.Collections.nCopies(count, element.good().get(0))) + "]";
    }
}
