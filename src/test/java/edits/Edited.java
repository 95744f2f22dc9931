package edits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shipped routes, edited as ops would, and what is thought of it. */
final class Edited {

    /** A wire tap, and an arrow that may be added. */
    static final String ADDED = """
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

    static Edited shipped() {
        return new Edited();
    }

    /** Puts one text in place of another, once. */
    Edited replacing(String shipped, String edited) {
        String text = files.get(0).text();
        assertThat(text).contains(shipped);
        int at = text.indexOf(shipped);
        files.set(0, new RouteFile("routes.yaml", text.substring(0, at) + edited + text.substring(at + shipped.length())));
        return this;
    }

    /** In one route alone. */
    Edited replacingIn(String route, String shipped, String edited) {
        String text = files.get(0).text();
        int from = text.indexOf("id: " + route + "\n");
        int at = text.indexOf(shipped, from);
        int end = text.indexOf("\n- route:", from);
        assertThat(at).as(shipped + " in " + route).isBetween(from, end < 0 ? text.length() : end);
        files.set(0, new RouteFile("routes.yaml", text.substring(0, at) + edited + text.substring(at + shipped.length())));
        return this;
    }

    Edited text(String text) {
        files.set(0, new RouteFile("routes.yaml", text));
        return this;
    }

    Edited adding(String name, String text) {
        files.add(new RouteFile(name, text));
        return this;
    }

    List<RouteFile> files() {
        return files;
    }

    static Allowance allowance() {
        Map<String, String> settings = Placeholders.shipped();
        settings.put("loyalty.url", "http://127.0.0.1:8090");
        return new Allowance(Set.of("points.example"), Set.of("kafka-2.example"), Set.of("loyalty.url"),
                Allowance.TOPICS, name -> Optional.ofNullable(settings.get(name)), true);
    }

    /** By the check alone. */
    List<Finding> findings() {
        return new Check(allowance()).check(files).findings();
    }

    Report report() {
        return new Proposal(allowance()).judge(Proposal.shipped(), files);
    }

    /** That it is refused, saying this. */
    void isRefused(String... words) {
        assertThat(findings()).as(() -> "findings").isNotEmpty().first()
                .satisfies(finding -> assertThat(words).allMatch(finding.inWords()::contains))
                .satisfies(finding -> assertThat(finding.blocks()).isTrue());
    }

    void passes() {
        assertThat(findings().stream().map(Finding::inWords)).isEmpty();
    }
}
