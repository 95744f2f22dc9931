package edits;

import java.util.List;

/**
 * What all hubs are to run.
 *
 * @param version  grows with each change
 * @param revision 0 for the routes as shipped
 * @param paused   ids of routes
 */
record InForce(long version, long revision, List<String> paused) {
}
