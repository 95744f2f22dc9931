package edits.rules;

import static edits.rules.LocalizedMessage.message;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Judges a set of route files. It needs no hub, no broker and no database, and is bounded in time and memory whatever the
 * files hold.
 *
 * <pre>{@code
 * RouteCheck.Checked checked = new RouteCheck(policy).check(files);
 * if (checked.passed()) { apply(checked.routes()); }
 * }</pre>
 */
public final class RouteCheck {

    private static final int MOST_FILES = 32;
    private static final int MOST_ROUTES = 100;

    private final RoutePolicy policy;
    private final Guard guard = Guard.ofShippedRoutes();
    private final ReservedPaths entries = new ReservedPaths();

    public RouteCheck(RoutePolicy policy) {
        this.policy = policy;
    }

    /**
     * @param findings at most fifty: those that block, in the files' order, then the others
     * @param placed   the routes in the files' order; to be trusted only when it passed
     */
    public record Checked(List<Finding> findings, List<PlacedRoute> placed) {

        public boolean passed() {
            return findings.stream().noneMatch(Finding::blocks);
        }

        public List<RouteSource> routes() {
            return placed.stream().map(PlacedRoute::route).toList();
        }
    }

    /** Checks the files of an edit. */
    public Checked check(List<RouteFile> files) {
        Checked checked = checkInForce(files);
        return checked.passed() ? new Checked(Stream.concat(checked.findings().stream(), diversions(checked).stream())
                .limit(Finding.MOST).toList(), checked.placed()) : checked;
    }

    /** Findings about diverted stores. @param passed files that have passed all other rules */
    public List<Finding> diversions(Checked passed) {
        return new Diversions(guard.shipped()).check(passed.placed());
    }

    /**
     * Checks files that are in force and were taken by an older version, without the rule about diverted stores: a store
     * that they divert in part stays so until the next edit.
     */
    public Checked checkInForce(List<RouteFile> files) {
        if (files.size() > MOST_FILES) {
            return new Checked(List.of(Finding.ofFile(files.get(0),
                    message("there are more than %s files", MOST_FILES), message("put several into one"))), List.of());
        }
        List<Finding> findings = new ArrayList<>();
        List<PlacedRoute> routes = new ArrayList<>();
        files.forEach(file -> check(file, findings, routes));
        if (routes.size() > MOST_ROUTES) {
            findings.add(0, Finding.ofFile(routes.get(MOST_ROUTES).route().file(),
                    message("there are more than %s routes", MOST_ROUTES),
                    message("take some out, or have another hub for them")));
        }
        // A route that is missing from a broken file may only be unreadable.
        if (findings.stream().noneMatch(Finding::blocks)) {
            findings.addAll(new CrossRouteRules(guard.shipped(), entries).check(routes));
            findings.addAll(guard.check(routes, files));
        }
        return new Checked(findings.stream().sorted(Comparator.comparing(Finding::severity)).limit(Finding.MOST).toList(),
                routes);
    }

    private void check(RouteFile file, List<Finding> findings, List<PlacedRoute> routes) {
        YamlReader.Read read = YamlReader.read(file);
        if (read.finding() != null) {
            findings.add(read.finding());
            return;
        }
        YamlValue yaml = read.yaml();
        if (!yaml.isList()) {
            findings.add(yaml.finding(message("this is no list of routes"),
                    message("begin each route with - route: at the left margin")));
            return;
        }
        if (yaml.items().isEmpty()) {
            findings.add(yaml.finding(message("it holds no route"),
                    message("put the routes in, or use --remove to take the file out")));
            return;
        }
        List<Finding> ours = new ArrayList<>();
        RouteRules rules = new RouteRules(new AddressRules(policy, ours), guard.processors(), ours);
        for (YamlValue entry : yaml.items()) {
            if (Finding.areEnough(ours)) {
                break;
            }
            YamlValue route = rules.check(entry);
            if (route != null) {
                routes.add(new PlacedRoute(RouteSource.of(route), route.get("id").orElse(route)));
            }
        }
        // Where these rules say what to change, what Camel's schema says of the same place adds nothing.
        if (ours.stream().noneMatch(Finding::blocks)) {
            ours.addAll(CanonicalSchema.check(yaml));
        }
        findings.addAll(ours);
    }
}
