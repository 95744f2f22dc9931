package edits.rules;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Where an address may stand in a route, by the scheme of the address. */
enum OptionPlace {

    FROM_LEDGER("from", "ledger"),
    FROM_PULL("from", "pull"),
    FROM_GUARANTEED("from", "guaranteed"),
    FROM_KAFKA("from", "kafka"),
    FROM_REST("from", "rest"),
    FROM_DIRECT("from", "direct"),
    TO_KAFKA("to", "kafka"),
    TO_CALL("to", "call"),
    TO_LEDGER("to", "ledger"),
    WIRE_TAP_KAFKA("wireTap", "kafka");

    private final String key;
    private final String scheme;

    /** @param key the key of the route file that holds the address: {@code from}, {@code to} or {@code wireTap} */
    OptionPlace(String key, String scheme) {
        this.key = key;
        this.scheme = scheme;
    }

    String scheme() {
        return scheme;
    }

    /** @return empty when the scheme may not stand there */
    static Optional<OptionPlace> of(String key, String scheme) {
        return under(key).filter(place -> place.scheme.equals(scheme)).findFirst();
    }

    static Stream<OptionPlace> under(String key) {
        return Arrays.stream(values()).filter(place -> place.key.equals(key));
    }

    /** As in {@code from pull}. */
    @Override
    public String toString() {
        return key + " " + scheme;
    }
}
