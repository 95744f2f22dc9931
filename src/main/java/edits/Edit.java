package edits;

import edits.rules.RouteFile;
import java.util.List;
import java.util.Locale;

/**
 * What someone wishes to run instead.
 *
 * @param act       {@code apply}, {@code tune}, {@code remove} or {@code rollback}
 * @param files     all of them, as they are to be
 * @param toShipped whether they are those of the hub's own, which a newer hub may have others of
 * @param owed      what becomes of what is owed over arrows that are in them no more; null when nobody was asked
 */
record Edit(String act, String author, String address, String reason, List<RouteFile> files, boolean toShipped, Owed owed) {

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
