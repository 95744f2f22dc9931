package demo;

import java.time.Duration;

/** Prints the addresses and tokens of a demo that has started. */
final class StartupSummary {

    private StartupSummary() {
    }

    static void print(DemoCluster.Settings settings, Duration took) {
        DemoPorts ports = settings.ports();
        Credentials credentials = settings.credentials();
        System.out.printf("Ready after %.1f s. Ctrl-C ends it.%n%n", took.toMillis() / 1e3);
        Credentials.Token viewer = credentials.viewer();
        // After the #, because a browser sends no fragment to a server.
        line("page", http(ports.api()) + "/#token=" + (viewer.from() == null ? viewer.value() : "…"));
        line("break it", http(ports.api()) + "/demo  faults at a click, and what became of the orders");
        line("API", http(ports.api()) + "/api/  e.g. arrows, flow, orders/{id}");
        line("contract", http(ports.api()) + "/api/openapi.yaml");
        line("health", http(ports.api()) + "/livez  " + http(ports.api()) + "/readyz");
        line("metrics", http(ports.management()) + "/actuator/prometheus");
        line("neighbours", "payment " + http(ports.payment()) + "  barista " + http(ports.barista()) + "  dispatch "
                + http(ports.dispatch()) + "  shop " + http(ports.shop()));
        line("", "each with GET /journal, GET /faults, PUT /faults");
        line("Kafka", "127.0.0.1:" + ports.kafka());
        line("PostgreSQL", "jdbc:postgresql://127.0.0.1:" + ports.database() + "/hub  user postgres, password in "
                + settings.directory().resolve("postgresql").resolve("password"));
        line("log, data", settings.directory().toString());
        System.out.println();
        line("tokens", "viewer   " + credentials.viewer().shown());
        line("", "operator " + credentials.operator().shown());
        line("", "deployer " + credentials.deployer().shown());
        line("", "shop     " + credentials.shop());
        line("", "barista  " + credentials.barista());
        line("", "dispatch " + credentials.dispatch());
        System.out.println();
        line("try", "curl -H 'Authorization: Bearer " + (viewer.from() == null ? viewer.value() : "…") + "' "
                + http(ports.api()) + "/api/arrows");
        System.out.println();
    }

    private static void line(String name, String value) {
        System.out.printf("  %-11s %s%n", name, value);
    }

    private static String http(int port) {
        return "http://127.0.0.1:" + port;
    }
}
