package demo;

import embedded.Ports;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The ports of a demo: the API's, and the seven that follow it. */
record DemoPorts(int api) {

    private static final int HIGHEST = 65_535;
    private static final int LAST = 7;

    DemoPorts {
        if (api < 1 || api + LAST > HIGHEST) {
            throw new IllegalArgumentException(
                    "--port must be 1 to " + (HIGHEST - LAST) + ": the " + LAST + " ports after it are used, too");
        }
    }

    int management() {
        return api + 1;
    }

    int payment() {
        return api + 2;
    }

    int barista() {
        return api + 3;
    }

    int dispatch() {
        return api + 4;
    }

    int kafka() {
        return api + 5;
    }

    int database() {
        return api + 6;
    }

    int shop() {
        return api + LAST;
    }

    /** Names the first port that another program uses, and what to do; empty when all are free. */
    Optional<String> trouble() {
        Map<String, Integer> all = new LinkedHashMap<>();
        all.put("the API", api);
        all.put("health and metrics", management());
        all.put("the payment simulator", payment());
        all.put("the barista simulator", barista());
        all.put("the dispatch simulator", dispatch());
        all.put("Kafka", kafka());
        all.put("PostgreSQL", database());
        all.put("the shop simulator", shop());
        return all.entrySet().stream()
                .filter(each -> !Ports.isFree(each.getValue()))
                .findFirst()
                .map(taken -> "Port %d, for %s, is in use. Stop what uses it, or choose others: --port N uses N to N+%d."
                        .formatted(taken.getValue(), taken.getKey(), LAST));
    }
}
