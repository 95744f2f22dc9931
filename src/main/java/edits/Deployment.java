package edits;

import edits.rules.RouteSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.endpoint.LedgerComponent;
import routes.figures.RouteOrder;
import routes.http.EntryGate;

/**
 * The routes as they run in this hub. An edit exchanges routes one by one: each of them first works off what it has in hand,
 * and the others are not touched. All of an edit is done, or none of it.
 *
 * <p>Not safe for several threads at once: {@link RevisionFollower} has the lock.
 */
final class Deployment {

    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

    /** How long a route may take to end: longer than any batch of the hub takes. */
    private static final long PATIENCE_SECONDS = 10;

    private final CamelContext camel;
    private final RouteOrder order;
    private volatile List<RouteSource> running = List.of();
    private final EntryGate gate;

    Deployment(CamelContext camel, RouteOrder order, EntryGate gate) {
        this.gate = gate;
        this.camel = camel;
        this.order = order;
    }

    /**
     * Starts routes in a hub in which none runs yet.
     *
     * @param paused ids of those that are not to run
     * @throws NotStarted when one of them can't; then none runs
     */
    void begin(List<RouteSource> routes, Set<String> paused) throws NotStarted {
        requireFree(routes);
        LedgerComponent ledger = ledger();
        // All are made ready before the first starts, so that the last hears what the first announces.
        routes.forEach(route -> ledger.hold(route.id()));
        try {
            for (RouteSource route : routes) {
                start(route, paused.contains(route.id()));
            }
            started(routes);
        } catch (NotStarted | RuntimeException | Error e) {
            routes.forEach(route -> restore(route.id(), null, paused));
            throw e;
        } finally {
            routes.forEach(route -> ledger.release(route.id()));
        }
    }

    /** Lets requests in. */
    void open() {
        gate.open();
    }

    void started(List<RouteSource> routes) {
        running = List.copyOf(routes);
        Map<String, BooleanSupplier> entries = new HashMap<>();
        running.stream().filter(route -> entry(route) != null)
                .forEach(route -> entries.put(entry(route), () -> runs(route.id())));
        gate.are(entries);
        order.is(running.stream().map(RouteSource::id).toList());
    }

    private boolean runs(String id) {
        ServiceStatus status = camel.getRouteController().getRouteStatus(id);
        return status != null && status.isStarted();
    }

    boolean isUp() {
        return camel.isStarted() && gate.isOpen();
    }

    List<RouteSource> running() {
        return running;
    }

    /** Which of these ids a route has that is not in a route file. */
    List<String> taken(List<RouteSource> routes) {
        Set<String> ours = RouteSource.byId(running).keySet();
        return routes.stream().map(RouteSource::id).filter(id -> !ours.contains(id) && camel.getRoute(id) != null).toList();
    }

    /** Camel would replace a route by another one of the same id without an error. */
    private void requireFree(List<RouteSource> routes) throws NotStarted {
        List<String> taken = taken(routes);
        if (!taken.isEmpty()) {
            throw new NotStarted("the hub itself has routes " + taken + "; give those of the file other ids");
        }
        if (RouteSource.byId(routes).size() < routes.size()) {
            throw new NotStarted("two routes have the same id; give one of them another");
        }
    }

    /**
     * Exchanges the routes that run for these.
     *
     * @param paused ids of those that are not to run
     * @throws NotStarted when one of them can't; then all is as it was
     */
    void exchange(List<RouteSource> routes, Set<String> paused) throws NotStarted {
        requireFree(routes);
        Map<String, RouteSource> then = RouteSource.byId(running);
        Map<String, RouteSource> now = RouteSource.byId(routes);
        List<String> touched = new ArrayList<>();
        then.keySet().stream().filter(id -> !now.containsKey(id)).forEach(touched::add);
        now.forEach((id, route) -> {
            if (!then.containsKey(id) || !then.get(id).sameAs(route)) {
                touched.add(id);
            }
        });
        Deque<String> done = new ArrayDeque<>();
        try {
            for (String id : touched) {
                closed(then.get(id), () -> exchangeOrRestore(id, then.get(id), now.get(id), paused));
                done.push(id);
            }
            started(routes);
        } catch (NotStarted | RuntimeException | Error e) {
            for (String id : done) {
                closed(then.get(id), () -> restore(id, then.get(id), paused));
            }
            throw e;
        }
    }

    /** @param before what its entry was until now; null for a new route, which has no callers yet */
    private void closed(RouteSource before, EntryGate.Exchange<NotStarted> exchange) throws NotStarted {
        try {
            gate.closed(entry(before), exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotStarted("the hub is stopping");
        }
    }

    /** The path that has no route while it is exchanged; null when it is no entry. */
    private static String entry(RouteSource route) {
        return route != null && route.from().scheme().equals("rest") ? route.from().path() : null;
    }

    /** If the exchange fails, the route of before runs again before the gate opens. */
    private void exchangeOrRestore(String id, RouteSource before, RouteSource route, Set<String> paused) throws NotStarted {
        try {
            exchange(id, route, paused);
        } catch (NotStarted e) {
            restore(id, before, paused);
            throw e;
        }
    }

    /** @param route null when the route is taken out */
    private void exchange(String id, RouteSource route, Set<String> paused) throws NotStarted {
        LedgerComponent ledger = ledger();
        ledger.hold(id);
        try {
            end(id, true);
            if (route != null) {
                start(route, paused.contains(id));
            }
            LOG.info("route={} {}", id, route == null ? "removed" : "exchanged");
        } finally {
            ledger.release(id);
        }
    }

    /** @param patiently whether the route may refuse to end while it has something in hand */
    private void end(String id, boolean patiently) throws NotStarted {
        try {
            if (camel.getRoute(id) == null) {
                clear(id);
                return;
            }
            if (!camel.getRouteController().stopRoute(id, PATIENCE_SECONDS, TimeUnit.SECONDS, patiently) && patiently) {
                throw new NotStarted(id + " did not come to an end within " + PATIENCE_SECONDS
                        + " s; see what it waits for, and try again");
            }
            if (!camel.removeRoute(id)) {
                throw new NotStarted(id + " could not be taken out");
            }
        } catch (Exception | Error e) {
            throw NotStarted.because(id + " could not be stopped", e);
        }
    }

    /** Takes away what a start that failed half-way has left. */
    private void clear(String id) throws Exception {
        camel.getRouteController().stopRoute(id);
        camel.removeRoute(id);
        ModelCamelContext model = (ModelCamelContext) camel;
        if (model.getRouteDefinition(id) != null) {
            model.removeRouteDefinition(model.getRouteDefinition(id));
        }
    }

    private void start(RouteSource route, boolean atRest) throws NotStarted {
        boolean entry = route.from().scheme().equals("rest");
        try {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(route.id() + ".yaml",
                    atRest && !entry ? route.yamlAtRest() : route.yaml()));
        } catch (Exception | Error e) {
            throw NotStarted.because(route.id() + " did not start", e);
        }
        ServiceStatus status = camel.getRouteController().getRouteStatus(route.id());
        if (!atRest && status != ServiceStatus.Started) {
            throw new NotStarted(route.id() + " did not start, it is " + status);
        }
        if (atRest) {
            pause(route);
        }
    }

    /** Logs that the route of before can't be started again either; there is nothing else to do. */
    private void restore(String id, RouteSource before, Set<String> paused) {
        LedgerComponent ledger = ledger();
        ledger.hold(id);
        try {
            end(id, false);
            if (before != null) {
                start(before, paused.contains(id));
            }
        } catch (NotStarted e) {
            LOG.error("route={} is not as it was: {}; restart this hub, it then runs the revision in force", id,
                    e.getMessage());
        } finally {
            ledger.release(id);
        }
    }

    /** Pauses the routes that are to be paused, and resumes all others. */
    void rest(Set<String> paused) throws NotStarted {
        for (RouteSource route : running) {
            boolean rests = isAtRest(route.id());
            if (paused.contains(route.id()) && !rests) {
                pause(route);
                LOG.info("route={} paused", route.id());
            } else if (!paused.contains(route.id()) && rests) {
                resume(route);
                LOG.info("route={} resumed", route.id());
            }
        }
    }

    boolean isAtRest(String id) {
        ServiceStatus status = camel.getRouteController().getRouteStatus(id);
        return status != null && !status.isStarted();
    }

    /** An entry is suspended, so that callers are answered 503: a stopped one would be answered 404. */
    private void pause(RouteSource route) throws NotStarted {
        // The route would not come to its end while orders are announced to it; the pull finds those of meanwhile.
        ledger().hold(route.id());
        try {
            if (route.from().scheme().equals("rest")) {
                camel.getRouteController().suspendRoute(route.id());
            } else {
                camel.getRouteController().stopRoute(route.id(), PATIENCE_SECONDS, TimeUnit.SECONDS, false);
            }
        } catch (Exception | Error e) {
            throw NotStarted.because(route.id() + " could not be paused", e);
        } finally {
            ledger().release(route.id());
        }
    }

    private void resume(RouteSource route) throws NotStarted {
        try {
            if (camel.getRouteController().getRouteStatus(route.id()).isSuspended()) {
                camel.getRouteController().resumeRoute(route.id());
            } else {
                camel.getRouteController().startRoute(route.id());
            }
        } catch (Exception | Error e) {
            throw NotStarted.because(route.id() + " could not be resumed", e);
        }
    }

    private LedgerComponent ledger() {
        return camel.getComponent("ledger", LedgerComponent.class);
    }
}
