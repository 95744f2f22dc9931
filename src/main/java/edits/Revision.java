package edits;

import edits.rules.RouteFile;
import java.time.Instant;
import java.util.List;

/**
 * An edit that was tried on a hub.
 *
 * @param act     {@code apply}, {@code tune}, {@code remove} or {@code rollback}
 * @param base    the revision in force before; 0 for the routes as shipped
 * @param applied false when it couldn't be started, and so changed nothing
 * @param words   what it meant
 */
record Revision(long number, Instant at, String author, String act, String reason, long base, boolean applied,
                String result, List<String> words) {

    /**
     * One with all that belongs to it.
     *
     * @param files all of them, as they then were
     */
    record Whole(Revision revision, List<RouteFile> files, List<Difference> differences, EditReport.Tried[] tried) {
    }
}
