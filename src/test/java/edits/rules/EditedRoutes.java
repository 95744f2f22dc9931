package edits.rules;

import static org.assertj.core.api.Assertions.assertThat;

import edits.EditReport;
import edits.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shipped routes, edited as ops would, and what is thought of it. */
public final class EditedRoutes {

    /** A wire tap, and an arrow that may be added. */
    public static final String ADDED = """
            - route:
                id: push-order-store-7
                group: initiate
                description: 订单→咖啡师 门店7 (a paid order of store 7)
                from:
                  uri: ledger:paid
                  parameters:
                    store: store-7
                  steps:
                    - process:
                        ref: orderPaid
                    - to:
                        uri: kafka:lucky_store_7_topic
            """;

    private final List<RouteFile> files = new ArrayList<>(Proposal.shipped());

    public static EditedRoutes shipped() {
        return new EditedRoutes();
    }

    /** Puts one text in place of another, once. */
    public EditedRoutes replacing(String shipped, String edited) {
        String text = files.get(0).text();
        assertThat(text).contains(shipped);
        int at = text.indexOf(shipped);
        files.set(0, new RouteFile("routes.yaml", text.substring(0, at) + edited + text.substring(at + shipped.length())));
        return this;
    }

    /** In one route alone. */
    public EditedRoutes replacingIn(String route, String shipped, String edited) {
        String text = files.get(0).text();
        int from = text.indexOf("id: " + route + "\n");
        int at = text.indexOf(shipped, from);
        int end = text.indexOf("\n- route:", from);
        assertThat(at).as(shipped + " in " + route).isBetween(from, end < 0 ? text.length() : end);
        files.set(0, new RouteFile("routes.yaml", text.substring(0, at) + edited + text.substring(at + shipped.length())));
        return this;
    }

    public EditedRoutes text(String text) {
        files.set(0, new RouteFile("routes.yaml", text));
        return this;
    }

    public EditedRoutes adding(String name, String text) {
        files.add(new RouteFile(name, text));
        return this;
    }

    public List<RouteFile> files() {
        return files;
    }

    public static RoutePolicy policy() {
        Map<String, String> settings = Placeholders.shipped();
        settings.put("loyalty.url", "http://127.0.0.1:8090");
        settings.put("kitchen.url", "http://127.0.0.1:8091");
        return new RoutePolicy(Set.of("points.example"), Set.of("kafka-2.example"), Set.of("loyalty.url", "kitchen.url"),
                RoutePolicy.TOPICS, name -> Optional.ofNullable(settings.get(name)), true);
    }

    /** By the check alone. */
    public List<Finding> findings() {
        return new RouteCheck(policy()).check(files).findings();
    }

    public EditReport report() {
        return new Proposal(policy()).judge(Proposal.shipped(), files);
    }

    /** That it is refused, saying this. */
    public void isRefused(String... words) {
        assertThat(findings()).as(() -> "findings").isNotEmpty().first()
                .satisfies(finding -> assertThat(words).allMatch(finding.inWords()::contains))
                .satisfies(finding -> assertThat(finding.blocks()).isTrue());
    }

    public void passes() {
        assertThat(findings().stream().map(Finding::inWords)).isEmpty();
    }
}
