package testbed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of pulls that a test can wait for. */
public final class QuickPulls {

    private static final List<String> PULLS = List.of("payment", "unaccepted", "making", "made", "express",
            "cancel-making", "cancel-dispatch");

    private QuickPulls() {
    }

    /** Every second, for whatever has been silent for longer than none at all. */
    public static Map<String, String> pulls() {
        Map<String, String> properties = new LinkedHashMap<>();
        PULLS.forEach(pull -> {
            properties.put("pull." + pull + ".every", "1s");
            properties.put("pull." + pull + ".age", "300ms");
            properties.put("pull." + pull + ".backoff", "300ms");
            properties.put("pull." + pull + ".backoff-most", "1s");
            properties.put("pull." + pull + ".lease", "5s");
        });
        return properties;
    }

    public static Map<String, String> with(String... namesAndValues) {
        Map<String, String> properties = pulls();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return properties;
    }
}
