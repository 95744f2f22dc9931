package edits;

import edits.rules.RouteFile;
import java.util.List;
import java.util.Locale;
import ledger.Actor;

/**
 * A set of route files that is to run in place of those that run.
 *
 * @param act       {@code apply}, {@code tune}, {@code remove} or {@code rollback}
 * @param files     all files, as they are to be
 * @param toShipped whether they are the files as shipped: a newer hub then runs those of its own
 * @param owed      what becomes of what is owed over arrows that the files no longer have; null when that was not said
 */
record Edit(String act, Actor actor, String reason, List<RouteFile> files, boolean toShipped, Owed owed) {

    /** Either way nothing more is owed. */
    enum Owed {
        /** What is owed stays in the ledger, and is handed over if the arrow is added again. */
        KEEP,
        /** What is owed is deleted. */
        DROP;

        /** @param word {@code keep} or {@code drop}; null stays null @throws IllegalArgumentException when it is another */
        static Owed of(String word) {
            if (word != null && !word.equals("keep") && !word.equals("drop")) {
                throw new IllegalArgumentException("owed must be keep or drop");
            }
            return word == null ? null : valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
