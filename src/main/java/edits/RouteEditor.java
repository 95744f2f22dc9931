package edits;

import static edits.rules.LocalizedMessage.message;

import edits.EditRefused.Reason;
import edits.rules.Finding;
import edits.rules.RouteFile;
import edits.rules.RouteSource;
import edits.rules.Tuning;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import ledger.Actor;
import ledger.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one way to edit routes: check, dry run, difference, apply, keep.
 *
 * <p>An edit is exchanged here first, which shows that it starts, and put in force in the database then; the other hubs
 * take it from there. A hub that is killed in between starts with what is in force: the old routes, or the new, whole.
 *
 * <pre>{@code
 * EditReport report = editor.judge(files);
 * long revision = editor.apply(actor, "apply", "a reason", null, Edit.Owed.KEEP, running -> files);
 * }</pre>
 */
final class RouteEditor {

    private static final Logger LOG = LoggerFactory.getLogger(RouteEditor.class);

    private final Proposal proposal;
    private final Deployment deployment;
    private final RevisionFollower follower;
    private final RouteTopics topics;
    private final RevisionRows rows;
    private final OwedArrows owed;
    private final TransactionTemplate transaction;
    private final Audit audit;
    /** Of two edits at once the later one is refused, rather than that its author waits. */
    private final ReentrantLock edits = new ReentrantLock();

    RouteEditor(Proposal proposal, Deployment deployment, RevisionFollower follower, RouteTopics topics, RevisionRows rows,
                OwedArrows owed, TransactionTemplate transaction, Audit audit) {
        this.proposal = proposal;
        this.deployment = deployment;
        this.follower = follower;
        this.topics = topics;
        this.rows = rows;
        this.owed = owed;
        this.transaction = transaction;
        this.audit = audit;
    }

    EditReport judge(List<RouteFile> files) {
        EditReport report = proposal.judge(follower.running().files(), files);
        if (!report.passed()) {
            return report;
        }
        List<RouteSource> routes = RouteSource.all(files);
        List<String> taken = deployment.taken(routes);
        return taken.isEmpty() ? report.with(owed.notes(OwedArrows.Edited.of(deployment.running(), routes), files))
                : new EditReport(false, List.of(Finding.ofFile(files.get(files.size() - 1).name(),
                        message("the hub itself has routes %s", taken), message("give them other ids"))), List.of(), List.of());
    }

    /**
     * @param base   the revision that has to be in force; null for any
     * @param choice what becomes of what is owed over arrows that it takes out; null to be refused, if anything is owed
     * @param files  made of those that run now
     * @return the revision in force now
     * @throws EditRefused when nothing was changed
     */
    long apply(Actor actor, String act, String reason, Long base, Edit.Owed choice, UnaryOperator<List<RouteFile>> files) {
        return alone(false, then -> {
            if (base != null && base != then.revision()) {
                throw new EditRefused(Reason.EDITED_MEANWHILE, "revision "
                        + then.revision() + " is in force, and this was made from revision " + base + "; nothing was changed "
                        + "by this one: see GET /api/routes/revisions, and send it again with base " + then.revision()
                        + " if it is still wanted");
            }
            return apply(then, new Edit(act, actor, reason, files.apply(follower.running().files()), false, choice));
        });
    }

    /**
     * @param number 0 for the routes as shipped
     * @return the revision in force now
     * @throws EditRefused when nothing was changed
     */
    long rollback(Actor actor, long number, String reason, Edit.Owed choice) {
        List<RouteFile> files = number == 0 ? follower.base() : rows.find(number)
                .filter(whole -> whole.revision().applied()).map(Revision.Whole::files)
                .orElseThrow(() -> new EditRefused(Reason.NO_SUCH_REVISION,
                        "there is no revision " + number + " that was in force; see GET /api/routes/revisions"));
        return alone(true, then -> apply(then, new Edit("rollback", actor, reason, files, number == 0, choice)));
    }

    private long apply(InForce inForce, Edit edit) {
        RunningRoutes then = follower.running();
        List<RouteSource> before = deployment.running();
        EditReport report = judge(edit.files());
        if (!report.passed()) {
            throw new EditRefused(Reason.NOT_ALLOWED, report.findings().stream().filter(Finding::blocks)
                    .map(Finding::inWords).collect(Collectors.joining("\n")));
        }
        List<RouteSource> routes = RouteSource.all(edit.files());
        Set<String> beyond = edit.act().equals("tune") ? Tuning.beyond(before, routes) : Set.of();
        if (!beyond.isEmpty()) {
            throw new EditRefused(Reason.NOT_ALLOWED, "of " + beyond
                    + " more is changed than intervals, time-outs and amounts; have a deployer apply it");
        }
        OwedArrows.Edited arrows = OwedArrows.Edited.of(before, routes);
        if (edit.owed() == null) {
            owed.requireNone(arrows);
        }
        // A route that is added again later is not to be paused then for a reason of today.
        Set<String> paused = routes.stream().map(RouteSource::id).filter(then.paused()::contains).collect(Collectors.toSet());
        try {
            topics.reach(routes.stream().filter(route -> before.stream().noneMatch(old ->
                    old.id().equals(route.id()) && old.sameAs(route))).toList());
            deployment.exchange(routes, paused);
        } catch (NotStarted | RuntimeException | Error failure) {
            String why = proposal.quoted(NotStarted.because("the routes were not exchanged", failure).getMessage(),
                    edit.files());
            owed.withdraw(inForce.version(), arrows);
            rows.insert(edit, inForce.revision(), report, false, why);
            throw new EditRefused(Reason.NOT_STARTED, why + "; what ran before runs on");
        }
        Long number;
        try {
            number = keep(edit, report, inForce, paused, arrows);
        } catch (RuntimeException | Error e) {
            // The commit may have succeeded; the next look takes what is in force.
            backTo(before, then);
            throw e;
        }
        if (number == null) {
            backTo(before, then);
            owed.withdraw(inForce.version(), arrows);
            throw EditRefused.editUnderway();
        }
        if (edit.owed() == Edit.Owed.DROP) {
            owed.sweep();
        }
        follower.runs(new RunningRoutes(inForce.version() + 1, number, edit.files(), paused, null));
        LOG.info("revision={} in force, by {}: {}", number, edit.actor().name(), edit.reason());
        return number;
    }

    /** @return what is in force now; null when another hub was faster */
    private Long keep(Edit edit, EditReport report, InForce then, Set<String> paused, OwedArrows.Edited arrows) {
        return transaction.execute(status -> {
            long number = rows.insert(edit, then.revision(), report, true, "in force");
            long inForce = edit.toShipped() ? 0 : number;
            if (!rows.putInForce(then.version(), inForce, List.copyOf(paused))) {
                status.setRollbackOnly();
                return null;
            }
            boolean drop = edit.owed() == Edit.Owed.DROP;
            owed.put(then.version() + 1, inForce == 0, arrows, drop);
            audit.add(edit.actor(), edit.act(), "routes",
                    "revision " + inForce + ": " + edit.reason() + (arrows.removed().isEmpty() ? ""
                            : " (what is owed over " + arrows.removed() + " is " + (drop ? "dropped)" : "kept)")));
            return inForce;
        });
    }

    private void backTo(List<RouteSource> before, RunningRoutes then) {
        try {
            deployment.exchange(before, then.paused());
        } catch (NotStarted | RuntimeException | Error e) {
            String trouble = "what ran before an edit that was not kept can't be started again: "
                    + NotStarted.because("it failed", e).getMessage() + "; this hub tries on, else restart it";
            follower.runs(new RunningRoutes(-1, then.revision(), then.files(), then.paused(), trouble));
            LOG.error(trouble);
        }
    }

    /**
     * @param rests whether the route is to be paused, or to be resumed
     * @throws EditRefused when there is no such route, it can't be paused, or another edit was faster
     */
    void pause(Actor actor, String id, boolean rests, String reason) {
        alone(true, wanted -> {
            RouteSource route = deployment.running().stream().filter(each -> each.id().equals(id)).findFirst()
                    .orElseThrow(() -> new EditRefused(Reason.NO_SUCH_ROUTE,
                            "no route file has a route " + id + "; see GET /api/routes"));
            if (rests && route.from().scheme().equals("direct")) {
                throw new EditRefused(Reason.NOT_PAUSABLE, id + " is part of every confirmation; "
                        + "a neighbour that is away is answered for by the usual time as it is");
            }
            String act = rests ? "pause" : "resume";
            Set<String> paused = new HashSet<>(wanted.paused());
            if (!(rests ? paused.add(id) : paused.remove(id))) {
                audit.add(actor, act, "routes/" + id,
                        "nothing to do: it " + (rests ? "rests" : "runs") + " already (" + reason + ")");
                return null;
            }
            Boolean kept = transaction.execute(status -> {
                if (!rows.putInForce(wanted.version(), wanted.revision(), List.copyOf(paused))) {
                    return false;
                }
                audit.add(actor, act, "routes/" + id, reason);
                return true;
            });
            if (!Boolean.TRUE.equals(kept)) {
                throw EditRefused.editUnderway();
            }
            follower.take(rows.inForce());
            return null;
        });
    }

    private <T> T alone(boolean inTroubleToo, Function<InForce, T> edit) {
        if (!edits.tryLock()) {
            throw EditRefused.editUnderway();
        }
        try {
            return follower.edit(inTroubleToo, edit);
        } finally {
            edits.unlock();
        }
    }
}
