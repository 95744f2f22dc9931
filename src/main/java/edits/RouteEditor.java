package edits;

import edits.rules.Finding;
import edits.rules.RouteFile;
import edits.rules.RoutePolicy;
import edits.rules.RouteSource;
import edits.rules.Tuning;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import ledger.Actor;
import ledger.Audit;
import ledger.GuaranteedArrows;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import routes.http.Problem;

/**
 * The one way in: check, dry run, difference, apply, keep.
 *
 * <p>An edit is exchanged here first, which shows that it starts, and put in force in the database then; the other hubs
 * take it from there. Killed in between, a hub comes back with what is in force: the old, or the new, whole.
 */
final class RouteEditor {

    private static final Logger LOG = LoggerFactory.getLogger(RouteEditor.class);

    private static final String CHOICE = "owed: keep (--owed keep) leaves them in the ledger, to be handed over if the "
            + "arrow is added again; owed: drop (--owed drop) deletes what they are owed";

    private final Proposal proposal;
    private final Deployment deployment;
    private final StartupFallback beginning;
    private final RouteTopics brokers;
    private final RevisionRows rows;
    private final GuaranteedArrows guaranteed;
    private final TransactionTemplate transaction;
    private final Audit audit;
    /** Of two edits at once the later one is told so. */
    private final ReentrantLock edits = new ReentrantLock();
    /** Held by whoever changes what runs here, be it an edit or what another hub has put in force. */
    private final ReentrantLock lock = new ReentrantLock();
    private List<RouteFile> base = List.of();
    private volatile RunningRoutes running = new RunningRoutes(0, 0, List.of(), Set.of(), null);
    private final RetrySchedule retry = new RetrySchedule();
    private volatile List<String> keptOver = List.of();

    RouteEditor(RoutePolicy allowance, Deployment deployment, RouteTopics brokers, RevisionRows rows, GuaranteedArrows guaranteed,
            TransactionTemplate transaction, Audit audit) {
        this.proposal = new Proposal(allowance);
        this.deployment = deployment;
        this.beginning = new StartupFallback(proposal, deployment, rows);
        this.brokers = brokers;
        this.rows = rows;
        this.guaranteed = guaranteed;
        this.transaction = transaction;
        this.audit = audit;
    }

    /** Starts the routes, and lets requests in. @param shipped the files of the configuration */
    void begin(List<RouteFile> shipped) {
        lock.lock();
        try {
            base = List.copyOf(shipped);
            running = beginning.begin(base);
            if (running.trouble() != null) {
                retry.failed(rows.inForce().version());
            }
            deployment.open();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the routes have been started, and not yet been ended. */
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

    EditReport judge(List<RouteFile> files) {
        EditReport report = proposal.judge(running.files(), files);
        if (report.passed()) {
            List<String> taken = deployment.taken(RouteSource.all(files));
            if (!taken.isEmpty()) {
                return new EditReport(false, List.of(Finding.ofFile(files.get(files.size() - 1).name(),
                        "the hub itself has routes " + taken, "give them other ids")), List.of(), List.of());
            }
            return report.with(stillOwed(files));
        }
        return report;
    }

    /** What whoever applies these will be asked. */
    private List<Finding> stillOwed(List<RouteFile> files) {
        try {
            return guaranteed.owed(removed(deployment.running(), RouteSource.all(files))).entrySet().stream()
                    .map(owed -> Finding.ofFile(files.get(0), orders(owed) + ", and these files have no " + owed.getKey(),
                            "say what becomes of them when you apply it: " + CHOICE).asNote()).toList();
        } catch (DataAccessException e) {
            // The files can be judged all the same, and an apply asks again.
            return List.of();
        }
    }

    private static String orders(Map.Entry<String, Long> owed) {
        return owed.getValue() + (owed.getValue() == 1 ? " order is" : " orders are") + " owed over " + owed.getKey();
    }

    private static Set<String> removed(List<RouteSource> then, List<RouteSource> now) {
        Set<String> ids = guaranteed(then);
        ids.removeAll(guaranteed(now));
        return ids;
    }

    private static Set<String> guaranteed(List<RouteSource> routes) {
        return routes.stream().filter(route -> route.from().scheme().equals("guaranteed")).map(RouteSource::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * @param base  the revision that has to be in force; null for whichever it is
     * @param owed  what becomes of what is owed over arrows that it takes out; null to be asked, should there be any
     * @param files made of those that run now
     * @return the revision in force now
     * @throws Problem when it is refused
     */
    long apply(Actor actor, String act, String reason, Long base, Edit.Owed owed,
               UnaryOperator<List<RouteFile>> files) {
        return alone(() -> {
            InForce then = catchUp(false);
            if (base != null && base != then.revision()) {
                throw new Problem(409, "edited-meanwhile", "Somebody else has edited the routes meanwhile", "revision "
                        + then.revision() + " is in force, and this was made from revision " + base + "; nothing was changed "
                        + "by this one: see GET /api/routes/revisions, and send it again with base " + then.revision()
                        + " if it is still wanted");
            }
            return apply(then, new Edit(act, actor.name(), actor.address(), reason, files.apply(running.files()), false,
                    owed));
        });
    }

    /** @param number 0 for the routes as shipped */
    long rollback(Actor actor, long number, String reason, Edit.Owed owed) {
        List<RouteFile> files = number == 0 ? base : rows.find(number).filter(whole -> whole.revision().applied())
                .map(Revision.Whole::files).orElseThrow(() -> new Problem(404, "no-such-revision", "No such revision",
                        "there is no revision " + number + " that was in force; see GET /api/routes/revisions"));
        return alone(() -> apply(catchUp(true),
                new Edit("rollback", actor.name(), actor.address(), reason, files, number == 0, owed)));
    }

    private long apply(InForce inForce, Edit edit) {
        RunningRoutes then = running;
        List<RouteSource> before = deployment.running();
        EditReport report = judge(edit.files());
        if (!report.passed()) {
            throw refused(inWords(report));
        }
        List<RouteSource> routes = RouteSource.all(edit.files());
        Set<String> beyond = edit.act().equals("tune") ? Tuning.beyond(before, routes) : Set.of();
        if (!beyond.isEmpty()) {
            throw refused("of " + beyond + " more is changed than intervals, time-outs and amounts; have a deployer apply it");
        }
        Set<String> removed = removed(before, routes);
        Map<String, Long> owed = edit.owed() == null ? guaranteed.owed(removed) : Map.of();
        if (!owed.isEmpty()) {
            throw new Problem(409, "still-owed", "Orders are owed over an arrow that this takes out",
                    owed.entrySet().stream().map(RouteEditor::orders).collect(Collectors.joining(", "))
                            + "; nothing was changed: send it again, saying what becomes of them: " + CHOICE);
        }
        // A route that comes back some day is not to rest then for a reason that nobody remembers.
        Set<String> paused = routes.stream().map(RouteSource::id).filter(then.paused()::contains).collect(Collectors.toSet());
        try {
            brokers.reach(routes.stream().filter(route -> before.stream().noneMatch(old ->
                    old.id().equals(route.id()) && old.sameAs(route))).toList());
            deployment.exchange(routes, paused);
        } catch (NotStarted | RuntimeException | Error failure) {
            String why = proposal.quoted(NotStarted.because("the routes were not exchanged", failure).getMessage(),
                    edit.files());
            withdraw(removed(routes, before), inForce);
            rows.insert(edit.author(), edit.act(), edit.reason(), inForce.revision(), edit.files(), report, false, why);
            throw new Problem(422, "routes-not-started", "The routes could not be started",
                    why + "; what ran before runs on");
        }
        Long number;
        try {
            number = keep(edit, report, inForce, paused, new Debts(guaranteed(routes), removed));
        } catch (RuntimeException | Error e) {
            // Whether it was committed nobody knows; what is in force is taken as soon as the database tells.
            backTo(before, then);
            throw e;
        }
        if (number == null) {
            backTo(before, then);
            withdraw(removed(routes, before), inForce);
            throw underway();
        }
        if (edit.owed() == Edit.Owed.DROP) {
            sweep();
        }
        running = new RunningRoutes(inForce.version() + 1, number, edit.files(), paused, null);
        LOG.info("revision={} in force, by {}: {}", number, edit.author(), edit.reason());
        return number;
    }

    private static Problem refused(String why) {
        return new Problem(422, "routes-refused", "The routes can't be applied as they are", why);
    }

    /**
     * Ids of arrows over which something is owed.
     *
     * @param arrows  those of the edit
     * @param removed those that it takes out
     */
    private record Debts(Set<String> arrows, Set<String> removed) {
    }

    /** An arrow is owed from its start on, which was in vain. */
    private void withdraw(Set<String> added, InForce inForce) {
        try {
            transaction.executeWithoutResult(status -> guaranteed.withdraw(inForce.version(), added));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("arrows {} may be owed until a hub has the next look at what is in force: {}", added, e.toString());
        }
    }

    private void sweep() {
        try {
            guaranteed.sweep();
        } catch (DataAccessException e) {
            LOG.warn("what was dropped is deleted at the next look: {}", e.toString());
        }
    }

    /** @return what is in force now; null when another hub was faster */
    private Long keep(Edit edit, EditReport report, InForce then, Set<String> paused, Debts debts) {
        return transaction.execute(status -> {
            long number = rows.insert(edit.author(), edit.act(), edit.reason(), then.revision(), edit.files(), report, true,
                    "in force");
            long inForce = edit.toShipped() ? 0 : number;
            if (!rows.putInForce(then.version(), inForce, List.copyOf(paused))) {
                status.setRollbackOnly();
                return null;
            }
            boolean drop = edit.owed() == Edit.Owed.DROP;
            guaranteed.put(then.version() + 1, inForce == 0, debts.arrows(), drop ? debts.removed() : Set.of());
            audit.add(new Actor(edit.author(), edit.address()), edit.act(), "routes",
                    "revision " + inForce + ": " + edit.reason() + (debts.removed().isEmpty() ? ""
                            : " (what is owed over " + debts.removed() + " is " + (drop ? "dropped)" : "kept)")));
            return inForce;
        });
    }

    private void backTo(List<RouteSource> before, RunningRoutes then) {
        try {
            deployment.exchange(before, then.paused());
        } catch (NotStarted | RuntimeException | Error e) {
            running = new RunningRoutes(-1, then.revision(), then.files(), then.paused(), "what ran before an edit that was not "
                    + "kept can't be started again: " + NotStarted.because("it failed", e).getMessage()
                    + "; this hub tries on, else restart it");
            LOG.error(running.trouble());
        }
    }

    /** @param rests whether the route is to rest, or to run */
    void pause(Actor actor, String id, boolean rests, String reason) {
        alone(() -> {
            InForce wanted = catchUp(true);
            RouteSource route = deployment.running().stream().filter(each -> each.id().equals(id)).findFirst()
                    .orElseThrow(() -> new Problem(404, "no-such-route", "No such route",
                            "no route file has a route " + id + "; see GET /api/routes"));
            if (rests && route.from().scheme().equals("direct")) {
                throw new Problem(409, "not-pausable", "The route can't be paused", id + " is part of every confirmation; "
                        + "a neighbour that is away is answered for by the usual time as it is");
            }
            Set<String> paused = new HashSet<>(wanted.paused());
            if (!(rests ? paused.add(id) : paused.remove(id))) {
                audit.add(actor, rests ? "pause" : "resume", "routes/" + id,
                        "nothing to do: it " + (rests ? "rests" : "runs") + " already (" + reason + ")");
                return null;
            }
            Boolean kept = transaction.execute(status -> {
                if (!rows.putInForce(wanted.version(), wanted.revision(), List.copyOf(paused))) {
                    return false;
                }
                audit.add(actor, rests ? "pause" : "resume", "routes/" + id, reason);
                return true;
            });
            if (!Boolean.TRUE.equals(kept)) {
                throw underway();
            }
            take(rows.inForce());
            return null;
        });
    }

    /** Takes what is in force, should it be something else than what runs here. */
    void follow() {
        if (lock.tryLock()) {
            try {
                InForce wanted = rows.inForce();
                if (wanted.version() != running.version() && retry.isDue(wanted.version())) {
                    take(wanted);
                }
                if (wanted.version() == running.version()) {
                    transaction.executeWithoutResult(status -> guaranteed.agree(wanted.version(), wanted.revision() == 0,
                            guaranteed(deployment.running())));
                    guaranteed.sweep();
                    keptOver = guaranteed.kept();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Arrows that are in the routes no more, and over which orders are still owed. */
    List<String> keptOver() {
        return keptOver;
    }

    /** @param inTroubleToo whether it is about what is to come instead */
    private InForce catchUp(boolean inTroubleToo) {
        InForce wanted = rows.inForce();
        if (wanted.version() != running.version()) {
            take(wanted);
        }
        if (running.trouble() != null && !inTroubleToo) {
            throw new Problem(409, "not-in-force", "This hub doesn't run what is in force", running.trouble()
                    + "; ask another hub, or roll back");
        }
        return wanted;
    }

    /** What can't be taken leaves what runs as it is, but for what is to rest. */
    private void take(InForce wanted) {
        RunningRoutes then = running;
        Set<String> paused = Set.copyOf(wanted.paused());
        long revision = then.revision();
        List<RouteFile> files = then.files();
        String why = null;
        List<RouteFile> others = List.of();
        try {
            if (wanted.revision() != revision || then.trouble() != null) {
                others = files(wanted.revision());
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

    private List<RouteFile> files(long revision) {
        return revision == 0 ? base : rows.find(revision).orElseThrow().files();
    }

    private <T> T alone(Supplier<T> act) {
        if (!edits.tryLock()) {
            throw underway();
        }
        lock.lock();
        try {
            return act.get();
        } finally {
            lock.unlock();
            edits.unlock();
        }
    }

    private static Problem underway() {
        return new Problem(409, "edit-underway", "Another edit is underway",
                "nothing was changed by this one; see GET /api/routes, and send it again if it is still wanted");
    }

    private static String inWords(EditReport report) {
        return String.join("\n", report.findings().stream().filter(Finding::blocks).map(Finding::inWords).toList());
    }

    static UnaryOperator<List<RouteFile>> removing(String name) {
        return files -> {
            List<RouteFile> left = new ArrayList<>(files);
            if (!left.removeIf(file -> file.name().equals(name))) {
                throw new Problem(404, "no-such-file", "No such route file", "there are "
                        + files.stream().map(RouteFile::name).toList());
            }
            return left;
        };
    }

    List<RouteSource> routes() {
        return deployment.running();
    }

    /** Ids of the routes that rest, and of those that run. */
    Map<String, Boolean> atRest() {
        Map<String, Boolean> all = new java.util.LinkedHashMap<>();
        deployment.running().forEach(route -> all.put(route.id(), deployment.isAtRest(route.id())));
        return all;
    }
}
