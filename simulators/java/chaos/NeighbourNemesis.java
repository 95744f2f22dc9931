package chaos;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

import stage.Actor;
import stage.Wait;

/** What befalls payment, barista and dispatch, which share a process. */
enum NeighbourNemesis implements Nemesis {

    KILLED {
        @Override
        public String strike(Cast cast, SplittableRandom chance) {
            Actor all = cast.neighbours();
            all.kill();
            String died = "process " + all.pid() + " of the neighbours died with exit code " + all.exitCode();
            all.start();
            // Without faults at first: those that were set die with the process.
            Faults.awaitUp(cast);
            Faults.set(cast, cast.plan().neighbours());
            return died;
        }
    },

    STOPPED {
        @Override
        public String strike(Cast cast, SplittableRandom chance) {
            cast.neighbours().stop();
            Wait.lasting(STOPPED_FOR);
            cast.neighbours().go();
            return "process " + cast.neighbours().pid() + " of the neighbours stood still for "
                    + STOPPED_FOR.toSeconds() + " s";
        }
    };

    private static final Duration STOPPED_FOR = Duration.ofSeconds(8);

    @Override
    public String title() {
        return "neighbours " + name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Duration usualLength(Plan plan) {
        return this == STOPPED ? STOPPED_FOR : Duration.ofSeconds(5);
    }
}
