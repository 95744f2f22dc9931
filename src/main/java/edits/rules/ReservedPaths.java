package edits.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import routes.http.EntryGate;

/** Paths of the hub's own API, read from the contract: no other route may answer them. */
final class ReservedPaths {

    /** In the form of a route: {@code get:orders/{orderId}}. */
    private final List<String> ofTheContract = new ArrayList<>();

    ReservedPaths() {
        try (InputStream file = ReservedPaths.class.getResourceAsStream("/contract/openapi.yaml")) {
            Map<?, ?> contract = (Map<?, ?>) new Load(LoadSettings.builder().build())
                    .loadFromReader(new InputStreamReader(file, StandardCharsets.UTF_8));
            ((Map<?, ?>) contract.get("paths")).forEach((path, operations) -> ((Map<?, ?>) operations).keySet()
                    .forEach(method -> ofTheContract.add(method + ":" + String.valueOf(path).replaceFirst("^/api/", ""))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param shipped the path that the route itself is shipped with, which it may have */
    boolean isTaken(String entry, String shipped) {
        return ofTheContract.stream().filter(other -> !other.equals(shipped)).anyMatch(other -> EntryGate.overlap(entry, other));
    }
}
