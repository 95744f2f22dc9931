package edits;

import edits.rules.RouteFile;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The routes that a hub starts with: the revision in force. If that does not start here, the one that was in force before
 * it, and at last the files as shipped, as a hub that takes payments by old routes is better than none.
 */
final class StartupFallback {

    private static final Logger LOG = LoggerFactory.getLogger(StartupFallback.class);

    /** Revisions that are tried, at most: each may take seconds to fail. */
    private static final int MOST_TRIED = 8;

    private final Proposal proposal;
    private final Deployment deployment;
    private final RevisionRows rows;

    StartupFallback(Proposal proposal, Deployment deployment, RevisionRows rows) {
        this.proposal = proposal;
        this.deployment = deployment;
        this.rows = rows;
    }

    /** @throws IllegalStateException when the files as shipped don't start either */
    RunningRoutes begin(List<RouteFile> shipped) {
        InForce wanted = rows.inForce();
        Set<String> paused = Set.copyOf(wanted.paused());
        String why = null;
        long revision = wanted.revision();
        for (int tried = 1; ; tried++) {
            List<RouteFile> files = List.of();
            try {
                files = revision == 0 ? shipped : rows.find(revision).orElseThrow(() ->
                        new NotStarted("it is not in the database; restore it")).files();
                deployment.begin(proposal.routes(files, revision > 0), paused);
                return running(wanted, revision, files, paused, why);
            } catch (DataAccessException e) {
                // The failure says nothing of the revision.
                throw e;
            } catch (NotStarted | RuntimeException | Error e) {
                String words = proposal.quoted(NotStarted.because("it is none that this hub can read", e).getMessage(),
                        files);
                if (revision == 0) {
                    throw new IllegalStateException("the routes as shipped can't be started: " + words);
                }
                LOG.error("revision={} can't be started on this hub, it tries the one before: {}", revision, words);
                why = why == null ? words : why;
                revision = tried < MOST_TRIED ? rows.before(revision) : 0;
            }
        }
    }

    private static RunningRoutes running(InForce wanted, long revision, List<RouteFile> files, Set<String> paused,
                                           String why) {
        if (why == null) {
            return new RunningRoutes(wanted.version(), revision, files, paused, null);
        }
        String trouble = "revision " + wanted.revision() + " is in force and can't be started here: " + why
                + "; this hub has started revision " + revision + " instead and tries again every few minutes: mend what is "
                + "said, or go back by ./hub routes rollback " + revision;
        LOG.error(trouble);
        return new RunningRoutes(-1, revision, files, paused, trouble);
    }
}
