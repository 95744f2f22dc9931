package edits;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import routes.http.Problem;

/**
 * Checks take up to seconds of a processor, and orders need that. So there is one at a time for each role: viewers can't
 * take more of it than that, and don't keep an operator waiting.
 */
final class OneAtATime {

    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /** @throws Problem when another one of the same role is underway */
    <T> T run(String role, Supplier<T> check) {
        if (!busy.add(role)) {
            throw new Problem(429, "check-underway", "Another check is underway",
                    "this hub checks one edit at a time for each "
                    + "role; send it again after the seconds in Retry-After", Map.of("Retry-After", "1"));
        }
        try {
            return check.get();
        } finally {
            busy.remove(role);
        }
    }
}
