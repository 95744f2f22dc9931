package simulators.dispatch;

import contract.ExpressChanged.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import simulators.chance.Chance;

/**
 * What will become of a delivery: settled by the seed and the note's id when the note is made, so that a restarted
 * dispatch goes on with the same trip.
 */
record Trip(List<Step> steps) {

    /** @param after since the step before */
    record Step(State state, int attempt, String courier, Duration after) {
    }

    static Trip of(String noteId, CourierPace pace, Chance chance) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(State.NOTED, 1, null, Duration.ZERO));
        int attempt = 1;
        steps.add(step(State.ASSIGNED, attempt, noteId, pace.assign(), chance));
        if (chance.hits(pace.reassignedShare(), "reassigned " + noteId)) {
            // The first courier gives up, before or after having picked it up.
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

    /** When the trip ends, counted from that step, which was taken at that time. */
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
