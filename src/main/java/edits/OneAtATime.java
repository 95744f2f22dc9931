package edits;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * One check at a time for each role. A check takes up to seconds of a processor, which orders need; and the checks of
 * viewers must not keep an operator waiting.
 */
final class OneAtATime {

    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /** @throws EditRefused when another check of the same role is underway */
    <T> T run(String role, Supplier<T> check) {
        if (!busy.add(role)) {
            throw new EditRefused(EditRefused.Reason.CHECK_UNDERWAY, "this hub checks one edit at a time for each "
                    + "role; send it again after the seconds in Retry-After");
        }
        try {
            return check.get();
        } finally {
            busy.remove(role);
        }
    }
}
