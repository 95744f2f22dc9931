package edits;

import java.util.List;

/**
 * What someone wishes to run instead.
 *
 * @param act       {@code apply}, {@code tune}, {@code remove} or {@code rollback}
 * @param files     all of them, as they are to be
 * @param toShipped whether they are those of the hub's own, which a newer hub may have others of
 */
record Edit(String act, String author, String address, String reason, List<RouteFile> files, boolean toShipped) {
}
