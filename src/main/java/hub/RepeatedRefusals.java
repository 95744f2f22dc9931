package hub;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ledger.Actor;

/**
 * Folds repeated refusals, so that one credential cannot fill the audit. Of equal refusals within a {@link #WINDOW} the
 * first is written, and at the window's end the number of the others. Of different ones a credential has {@link #DIFFERENT}
 * lines a window, and one line for the rest. Memory is bounded.
 */
final class RepeatedRefusals {

    static final Duration WINDOW = Duration.ofMinutes(1);
    /** Different refusals of one credential within a window. */
    static final int DIFFERENT = 30;
    /** Credentials whose refusals are folded at a time. Refusals of further credentials are written one by one. */
    static final int CREDENTIALS = 200;

    private final Map<String, Window> windows = new HashMap<>();

    /** @param detail the result, in words */
    record Refusal(Actor actor, String act, String subject, String detail) {

        private Refusal amongOthers() {
            return new Refusal(new Actor(actor.name(), "various"), "refused", "others",
                    "refused: more than " + DIFFERENT + " different requests within " + WINDOW.toSeconds() + " s");
        }
    }

    private record Window(Instant end, Map<Refusal, Long> times) {
    }

    /** @return the refusal to be written now; empty when it is only counted */
    synchronized Optional<Refusal> first(Refusal refusal, Instant now) {
        Window window = windows.get(refusal.actor().name());
        if (window == null) {
            if (windows.size() >= CREDENTIALS) {
                return Optional.of(refusal);
            }
            window = new Window(now.plus(WINDOW), new LinkedHashMap<>());
            windows.put(refusal.actor().name(), window);
        }
        Map<Refusal, Long> times = window.times();
        Refusal counted = times.containsKey(refusal) || times.size() < DIFFERENT ? refusal : refusal.amongOthers();
        return times.merge(counted, 1L, Long::sum) == 1 ? Optional.of(counted) : Optional.empty();
    }

    /** @return the counts of windows that have ended, which are then forgotten */
    synchronized List<Refusal> repeats(Instant now) {
        List<Refusal> repeats = new ArrayList<>();
        for (Iterator<Window> each = windows.values().iterator(); each.hasNext();) {
            Window window = each.next();
            if (!now.isBefore(window.end())) {
                each.remove();
                repeats.addAll(repeats(window, window.end()));
            }
        }
        return repeats;
    }

    /** As {@link #repeats(Instant)}, for all windows: called as the hub ends. */
    synchronized List<Refusal> rest(Instant now) {
        List<Refusal> repeats = windows.values().stream().flatMap(window -> repeats(window, now).stream()).toList();
        windows.clear();
        return repeats;
    }

    private static List<Refusal> repeats(Window window, Instant until) {
        return window.times().entrySet().stream().filter(each -> each.getValue() > 1)
                .map(each -> new Refusal(each.getKey().actor(), each.getKey().act(), each.getKey().subject(),
                        each.getKey().detail() + "; " + (each.getValue() - 1) + " more until " + until)).toList();
    }
}
