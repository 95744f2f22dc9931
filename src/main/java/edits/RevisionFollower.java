package edits;

import edits.rules.RouteFile;
import edits.rules.RouteSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * What this hub runs. It takes what is in force in the database, which an edit on another hub may have changed.
 *
 * <p>Whatever changes what runs here holds one lock, so that an edit and a revision that is taken never interleave.
 */
final class RevisionFollower {

    private static final Logger LOG = LoggerFactory.getLogger(RevisionFollower.class);

    private final Proposal proposal;
    private final Deployment deployment;
    private final StartupFallback startup;
    private final RevisionRows rows;
    private final OwedArrows owed;
    private final ReentrantLock lock = new ReentrantLock();
    private final RetrySchedule retry = new RetrySchedule();
    private volatile List<RouteFile> base = List.of();
    private volatile RunningRoutes running = new RunningRoutes(0, 0, List.of(), Set.of(), null);
    private volatile List<String> keptOver = List.of();

    RevisionFollower(Proposal proposal, Deployment deployment, RevisionRows rows, OwedArrows owed) {
        this.proposal = proposal;
        this.deployment = deployment;
        this.startup = new StartupFallback(proposal, deployment, rows);
        this.rows = rows;
        this.owed = owed;
    }

    /** Starts the routes, and lets requests in. @param shipped the files of the configuration */
    void begin(List<RouteFile> shipped) {
        lock.lock();
        try {
            base = List.copyOf(shipped);
            running = startup.begin(base);
            if (running.trouble() != null) {
                retry.failed(rows.inForce().version());
            }
            deployment.open();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the routes have been started, and are not being ended. */
    boolean isUp() {
        return deployment.isUp();
    }

    /** The files as shipped. */
    List<RouteFile> base() {
        return base;
    }

    RunningRoutes running() {
        return running;
    }

    List<RouteSource> routes() {
        return deployment.running();
    }

    /** By the route's id, whether it is paused. */
    Map<String, Boolean> atRest() {
        Map<String, Boolean> all = new LinkedHashMap<>();
        routes().forEach(route -> all.put(route.id(), deployment.isAtRest(route.id())));
        return all;
    }

    /** Arrows that the routes no longer have, and over which orders are still owed. */
    List<String> keptOver() {
        return keptOver;
    }

    /** Takes what is in force, if this hub runs something else. Does nothing while an edit is underway. */
    void follow() {
        if (lock.tryLock()) {
            try {
                InForce wanted = rows.inForce();
                if (wanted.version() != running.version() && retry.isDue(wanted.version())) {
                    take(wanted);
                }
                if (wanted.version() == running.version()) {
                    keptOver = owed.agree(wanted.version(), wanted.revision() == 0, routes());
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Runs an edit, once this hub has taken what is in force; nothing else changes what runs meanwhile.
     *
     * @param inTroubleToo whether it is run even if this hub can't take what is in force
     * @param edit         is given what is in force
     * @throws EditRefused when this hub can't take what is in force, or the edit is refused
     */
    <T> T edit(boolean inTroubleToo, Function<InForce, T> edit) {
        lock.lock();
        try {
            InForce wanted = rows.inForce();
            if (wanted.version() != running.version()) {
                take(wanted);
            }
            if (running.trouble() != null && !inTroubleToo) {
                throw new EditRefused(EditRefused.Reason.NOT_IN_FORCE, running.trouble()
                        + "; ask another hub, or roll back");
            }
            return edit.apply(wanted);
        } finally {
            lock.unlock();
        }
    }

    /** Says what runs here after an edit. To be called in {@link #edit} alone. */
    void runs(RunningRoutes edited) {
        requireLock();
        running = edited;
    }

    /**
     * Exchanges the routes for those in force, and pauses and resumes as is in force. If the routes can't be exchanged,
     * those that run stay; what is to be paused is paused all the same. To be called in {@link #edit} alone.
     */
    void take(InForce wanted) {
        requireLock();
        RunningRoutes then = running;
        Set<String> paused = Set.copyOf(wanted.paused());
        long revision = then.revision();
        List<RouteFile> files = then.files();
        String why = null;
        List<RouteFile> others = List.of();
        try {
            if (wanted.revision() != revision || then.trouble() != null) {
                others = wanted.revision() == 0 ? base : rows.find(wanted.revision()).orElseThrow().files();
                deployment.exchange(proposal.routes(others, wanted.revision() > 0), paused);
                LOG.info("revision={} taken", wanted.revision());
                revision = wanted.revision();
                files = others;
            }
        } catch (DataAccessException e) {
            // It says nothing of the revision; the next look tries again.
            throw e;
        } catch (NotStarted | RuntimeException | Error e) {
            why = proposal.quoted(NotStarted.because("it is none that this hub can read", e).getMessage(), others);
        }
        try {
            deployment.rest(paused);
        } catch (NotStarted e) {
            why = why == null ? e.getMessage() : why;
        }
        if (why == null) {
            running = new RunningRoutes(wanted.version(), revision, files, paused, null);
        } else {
            retry.failed(wanted.version());
            running = new RunningRoutes(then.version(), revision, files, paused, "revision " + wanted.revision()
                    + " is in force, and this hub can't take it: " + why + "; it goes on with revision " + revision
                    + " and tries again: mend what is said, or go back by ./hub routes rollback " + revision);
            LOG.error(running.trouble());
        }
    }

    private void requireLock() {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("what runs may be changed in an edit alone");
        }
    }
}
