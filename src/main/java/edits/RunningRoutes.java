package edits;

import edits.rules.RouteFile;
import java.util.List;
import java.util.Set;

/** @param trouble why this hub doesn't run what is in force; null when it does */
record RunningRoutes(long version, long revision, List<RouteFile> files, Set<String> paused, String trouble) {
}
