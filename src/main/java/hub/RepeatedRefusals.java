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
 * Refusals that come again and again, folded, so that one credential can't fill the audit: of those that are the same
 * within a minute the first is written, and then how many followed. Of those that differ, a credential has so many lines a
 * minute, and one for the rest. Bounded in memory, whatever comes.
 */
final class RepeatedRefusals {

    static final Duration WINDOW = Duration.ofMinutes(1);
    /** Of one credential within a window. */
    static final int DIFFERENT = 30;
    /** Whose refusals are folded at a time; those of further ones are written as they come. */
    static final int CREDENTIALS = 200;

    private final Map<String, Window> windows = new HashMap<>();

    /** @param detail what became of it, in words */
    record Refusal(Actor actor, String act, String subject, String detail) {

        private Refusal amongOthers() {
            return new Refusal(new Actor(actor.name(), "various"), "refused", "others",
                    "refused: more than " + DIFFERENT + " different requests within " + WINDOW.toSeconds() + " s");
        }
    }

    private record Window(Instant end, Map<Refusal, Long> times) {
    }

    /** @return what is to be written of it now; empty when it is counted alone */
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

    /** What is to be written of windows that have ended; they are forgotten. */
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

    /** As {@link #repeats(Instant)}, of all windows, as the hub ends. */
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
