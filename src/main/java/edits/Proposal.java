package edits;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import routes.Rehearsal;

/** An edit that is checked, compared and rehearsed. */
public final class Proposal {

    private final Check check;
    private final Allowance allowance;
    private volatile Known last;

    private record Known(List<RouteFile> files, Check.Checked checked) {
    }

    public Proposal(Allowance allowance) {
        this.check = new Check(allowance);
        this.allowance = allowance;
    }

    /** As they are in the hub's jar. */
    public static List<RouteFile> shipped() {
        return List.of(Guard.shippedFile());
    }

    /** @param edited each takes the place of the file of its name; one of another name is added */
    public static List<RouteFile> with(List<RouteFile> base, List<RouteFile> edited) {
        Map<String, RouteFile> files = new LinkedHashMap<>();
        base.forEach(file -> files.put(file.name(), file));
        edited.forEach(file -> files.put(file.name(), file));
        return List.copyOf(files.values());
    }

    /** @param then what it is compared with; must pass, or all counts as added */
    public Report judge(List<RouteFile> then, List<RouteFile> now) {
        Check.Checked checked = check.check(now);
        if (!checked.passed()) {
            return new Report(false, checked.findings(), List.of(), List.of());
        }
        Check.Checked before = checkedBefore(then);
        List<Difference> differences = Difference.between(before.passed() ? before.routes() : List.of(), checked.routes());
        List<Report.Tried> tried = tried(now, checked.routes(), differences);
        List<Finding> findings = new ArrayList<>(checked.findings());
        tried.stream().filter(outcome -> outcome.failure() != null).forEach(outcome ->
                findings.add(place(checked, outcome.route()).finding(outcome.route() + " can't run: " + outcome.failure(),
                        "correct it")));
        return new Report(findings.stream().noneMatch(Finding::blocks), findings, differences, tried);
    }

    /** What runs is compared with again and again, as somebody types; it is looked at once. */
    private Check.Checked checkedBefore(List<RouteFile> then) {
        Known known = last;
        if (known == null || !known.files().equals(then)) {
            known = new Known(then, check.check(then));
            last = known;
        }
        return known.checked();
    }

    /**
     * The routes of files that were tried before, on another hub or an older one.
     *
     * @param checked whether they have to pass here, too; what is shipped is what it is
     * @throws NotStarted when they don't
     */
    List<RouteSource> routes(List<RouteFile> files, boolean checked) throws NotStarted {
        if (checked) {
            Check.Checked result = check.check(files);
            if (!result.passed()) {
                throw new NotStarted(result.findings().stream().filter(Finding::blocks).findFirst().orElseThrow().inWords());
            }
        }
        return RouteSource.all(files);
    }

    /** Fit for people: settings are named, and what they hold is not said. */
    String quoted(String text, List<RouteFile> files) {
        return Placeholders.quoting(files, allowance).apply(text);
    }

    private List<Report.Tried> tried(List<RouteFile> files, List<RouteSource> routes, List<Difference> differences) {
        Set<String> edited = differences.stream()
                .filter(difference -> difference.kind() == Difference.Kind.ADDED || difference.kind() == Difference.Kind.CHANGED)
                .map(Difference::route).collect(Collectors.toSet());
        Map<String, String> texts = new LinkedHashMap<>();
        Properties placeholders = new Properties();
        List<Report.Tried> outcomes = new ArrayList<>();
        for (RouteSource route : routes) {
            if (edited.contains(route.id()) && Placeholders.areKnown(route, allowance)) {
                texts.put(route.id(), route.yaml());
                placeholders.putAll(Placeholders.forRehearsal(route, allowance));
            } else if (edited.contains(route.id())) {
                outcomes.add(new Report.Tried(route.id(), null,
                        List.of("it was not rehearsed: not all of its placeholders are known here")));
            }
        }
        if (!texts.isEmpty()) {
            UnaryOperator<String> quoting = Placeholders.quoting(files, allowance);
            Rehearsal.of(texts, placeholders).forEach(outcome -> outcomes.add(new Report.Tried(outcome.route(),
                    outcome.failure() == null ? null : quoting.apply(outcome.failure()),
                    outcome.steps().stream().map(quoting).toList())));
        }
        return outcomes;
    }

    private static Yaml place(Check.Checked checked, String id) {
        return checked.placed().stream().filter(placed -> placed.route().id().equals(id)).findFirst().orElseThrow().where();
    }
}
