package simulators.dispatch;

import contract.ExpressChanged.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import simulators.chance.Chance;

/**
 * All steps of a delivery. They follow from the seed and the note's id, so that dispatch continues with the same trip
 * after a restart.
 */
record Trip(List<Step> steps) {

    /** @param after time since the previous step */
    record Step(State state, int attempt, String courier, Duration after) {
    }

    static Trip of(String noteId, CourierPace pace, Chance chance) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(State.NOTED, 1, null, Duration.ZERO));
        int attempt = 1;
        steps.add(step(State.ASSIGNED, attempt, noteId, pace.assign(), chance));
        if (chance.hits(pace.reassignedShare(), "reassigned " + noteId)) {
            // The first courier gives up, before or after the pick-up.
            if (chance.hits(0.5, "picked up before " + noteId)) {
                steps.add(step(State.PICKED_UP, attempt, noteId, pace.pickUp(), chance));
            }
            attempt++;
            steps.add(step(State.ASSIGNED, attempt, noteId, pace.assign(), chance));
        }
        steps.add(step(State.PICKED_UP, attempt, noteId, pace.pickUp(), chance));
        boolean failed = chance.hits(pace.failedShare(), "failed " + noteId);
        steps.add(step(failed ? State.FAILED : State.DELIVERED, attempt, noteId, pace.ride(), chance));
        return new Trip(steps);
    }

    /**
     * When the trip ends.
     *
     * @param step index of the last step taken
     * @param at   when it was taken
     */
    Instant endsAt(int step, Instant at) {
        Duration left = Duration.ZERO;
        for (Step later : steps.subList(step + 1, steps.size())) {
            left = left.plus(later.after());
        }
        return at.plus(left);
    }

    private static Step step(State state, int attempt, String noteId, Duration most, Chance chance) {
        String name = noteId + ' ' + attempt + ' ' + state;
        return new Step(state, attempt,
                "courier-" + chance.random("courier " + noteId + ' ' + attempt).nextInt(1, 10_000),
                chance.between(most.dividedBy(2), most, name));
    }
}
