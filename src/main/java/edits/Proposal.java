package edits;

import static edits.rules.LocalizedMessage.message;

import edits.rules.Finding;
import edits.rules.Guard;
import edits.rules.Placeholders;
import edits.rules.RouteCheck;
import edits.rules.RouteFile;
import edits.rules.RoutePolicy;
import edits.rules.RouteSource;
import edits.rules.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.DryRun;

/**
 * Judges an edit without touching a running route: checks the files, compares them with others, and runs samples through the
 * routes that they change.
 *
 * <pre>{@code
 * EditReport report = new Proposal(policy).judge(running, edited);
 * }</pre>
 */
public final class Proposal {

    private static final Logger LOG = LoggerFactory.getLogger(Proposal.class);

    private final RouteCheck check;
    private final RoutePolicy policy;
    private volatile Known last;

    private record Known(List<RouteFile> files, RouteCheck.Checked checked) {
    }

    public Proposal(RoutePolicy policy) {
        this.check = new RouteCheck(policy);
        this.policy = policy;
    }

    /** The files as they are in the hub's jar. */
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

    /** @param then the files that the edit is compared with; when they don't pass the check, all routes count as added */
    public EditReport judge(List<RouteFile> then, List<RouteFile> now) {
        RouteCheck.Checked checked = check.check(now);
        if (!checked.passed()) {
            return new EditReport(false, checked.findings(), List.of(), List.of());
        }
        RouteCheck.Checked before = checkedBefore(then);
        List<Difference> differences = Difference.between(before.passed() ? before.routes() : List.of(), checked.routes());
        List<EditReport.Tried> tried = tried(now, checked.routes(), differences);
        List<Finding> findings = new ArrayList<>(checked.findings());
        tried.stream().filter(outcome -> outcome.failure() != null).forEach(outcome ->
                findings.add(place(checked, outcome.route()).finding(
                        message("%s can't run: %s", outcome.route(), outcome.failure()), message("correct it"))));
        return new EditReport(findings.stream().noneMatch(Finding::blocks), findings, differences, tried);
    }

    /** The files that run are compared with at each keystroke of an editor, and are therefore checked once. */
    private RouteCheck.Checked checkedBefore(List<RouteFile> then) {
        Known known = last;
        if (known == null || !known.files().equals(then)) {
            known = new Known(then, check.checkInForce(then));
            last = known;
        }
        return known.checked();
    }

    /**
     * The routes of files that were applied before, by another hub or an older one.
     *
     * @param checked whether they have to pass the check of this hub, too; the files as shipped don't
     * @throws NotStarted when they don't
     */
    List<RouteSource> routes(List<RouteFile> files, boolean checked) throws NotStarted {
        if (checked) {
            RouteCheck.Checked result = check.checkInForce(files);
            if (!result.passed()) {
                throw new NotStarted(result.findings().stream().filter(Finding::blocks).findFirst().orElseThrow().inWords());
            }
            check.diversions(result).forEach(finding -> LOG.warn("the routes in force would be refused today: {}",
                    finding.inWords()));
        }
        return RouteSource.all(files);
    }

    /** The failure in words in which settings are named, and their values are left out. */
    String quoted(String text, List<RouteFile> files) {
        return Placeholders.quoting(files, policy).apply(text);
    }

    private List<EditReport.Tried> tried(List<RouteFile> files, List<RouteSource> routes, List<Difference> differences) {
        Set<String> edited = differences.stream()
                .filter(difference -> difference.kind() == Difference.Kind.ADDED || difference.kind() == Difference.Kind.CHANGED)
                .map(Difference::route).collect(Collectors.toSet());
        Map<String, String> texts = new LinkedHashMap<>();
        Properties placeholders = new Properties();
        List<EditReport.Tried> outcomes = new ArrayList<>();
        for (RouteSource route : routes) {
            if (edited.contains(route.id()) && Placeholders.areKnown(route, policy)) {
                texts.put(route.id(), route.yaml());
                placeholders.putAll(Placeholders.forRehearsal(route, policy));
            } else if (edited.contains(route.id())) {
                outcomes.add(new EditReport.Tried(route.id(), null,
                        List.of("it was not rehearsed: not all of its placeholders are known here")));
            }
        }
        if (!texts.isEmpty()) {
            UnaryOperator<String> quoting = Placeholders.quoting(files, policy);
            DryRun.of(texts, placeholders).forEach(outcome -> outcomes.add(new EditReport.Tried(outcome.route(),
                    outcome.failure() == null ? null : quoting.apply(outcome.failure()),
                    outcome.steps().stream().map(quoting).toList())));
        }
        return outcomes;
    }

    private static YamlValue place(RouteCheck.Checked checked, String id) {
        return checked.placed().stream().filter(placed -> placed.route().id().equals(id)).findFirst().orElseThrow().where();
    }
}
