package edits;

import edits.rules.RouteFile;
import java.time.Instant;
import java.util.List;

/**
 * An edit that was tried on a hub.
 *
 * @param act     {@code apply}, {@code tune}, {@code remove} or {@code rollback}
 * @param base    the revision in force before; 0 for the routes as shipped
 * @param applied false when its routes did not start, so that nothing was changed
 * @param words   what it changed, in sentences
 */
record Revision(long number, Instant at, String author, String act, String reason, long base, boolean applied,
                String result, List<String> words) {

    /**
     * A revision with its files.
     *
     * @param files all files that ran with it
     */
    record Whole(Revision revision, List<RouteFile> files, List<Difference> differences, EditReport.Tried[] tried) {
    }
}
