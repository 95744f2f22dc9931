package it.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import contract.Json;
import demo.Demo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import simulators.balance.Balance;
import simulators.balance.BalanceTally;
import simulators.journal.Journal;
import simulators.journal.What;
import testbed.Diversion;
import testbed.HubClient;
import testbed.Program;
import testbed.RunningDemo;
import testbed.SharedHub;

/**
 * Twenty edits, good and bad, of a demo that runs, judged by the journals of its simulated neighbours alone.
 *
 * <p>{@code -Dedits.rate=200} sets the orders a second. Unless it is given they are few, as the machine may have others to
 * serve; what is promised stays the same.
 */
@Tag("packaged")
class TwentyEditsIT {

    private static final int RATE = Integer.getInteger("edits.rate", 40);
    private static final List<String> JOURNALS = List.of("shop", "payment", "barista", "dispatch");
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(1);
    private static final Path ROUTES = Path.of("src", "main", "resources", "routes.yaml");
    private static final String TOPIC = "            uri: kafka:lucky_order_to_barista_topic\n";

    @TempDir
    private Path directory;

    private final int port = RunningDemo.freePorts();
    private final HubClient hub = new HubClient(port);

    @Test
    @Tag("long")
    void noneLosesOrDoublesAnOrderAndPaymentsAreTakenAllTheWhile() throws IOException {
        edit(20);
    }

    @Test
    void neitherDoTheFirstFive() throws IOException {
        edit(5);
    }

    private void edit(int number) throws IOException {
        try (Program demo = Program.main(Demo.class, Map.of("HUB_DEMO_DIR", directory.toString(), "HUB_DEPLOYER_TOKEN",
                SharedHub.DEPLOYER, "HUB_TOKEN", SharedHub.OPERATOR), "--fresh", "--port", String.valueOf(port), "--rate",
                String.valueOf(RATE))) {
            demo.awaitSaying(Pattern.compile("(Ready) after"), Duration.ofSeconds(90));
            awaitSteady();
            Instant begun = Instant.now();
            List<Runnable> edits = edits();
            assertThat(edits).hasSize(20);
            edits.subList(0, number).forEach(edit -> {
                edit.run();
                next();
            });
            Instant ended = Instant.now();

            Set<String> orders = paidFor();
            await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() ->
                    assertThat(balance(orders)).matches(now -> now.lost().isEmpty() && now.unsettled().isEmpty()));
            assertThat(balance(orders)).matches(Balance::holds);
            Duration silence = longestSilence(begun, ended);
            System.out.printf("%d edits in %d s, %d orders, %d ms without an accepted payment at most%n", number,
                    Duration.between(begun, ended).toSeconds(), orders.size(), silence.toMillis());
            assertThat(silence).as("without an accepted payment").isLessThan(LONGEST_SILENCE);
        }
    }

    /** Every order so far that somebody has paid for. */
    private Set<String> paidFor() {
        Set<String> orders = new HashSet<>();
        Journal.read(journal("payment"), entry -> {
            if (entry.what() == What.PAYMENT_TAKEN) {
                orders.add(entry.orderId());
            }
        });
        return orders;
    }

    /** What became of these, while others go on coming. */
    private Balance balance(Set<String> orders) {
        BalanceTally tally = new BalanceTally();
        JOURNALS.forEach(name -> Journal.read(journal(name), entry -> {
            if (orders.contains(entry.orderId())) {
                tally.see(entry);
            }
        }));
        return tally.balance();
    }

    private Path journal(String name) {
        return directory.resolve("journals").resolve(name + ".jsonl");
    }

    private List<Runnable> edits() throws IOException {
        String shipped = Files.readString(ROUTES);
        String tap = TOPIC + "        - wireTap:\n            uri: kafka:lucky_order_watch_topic\n";
        return List.of(
                () -> applied(shipped.replace(TOPIC, tap)),
                () -> refused(shipped.replace("timeout: 800ms", "timeout: 800"), "a duration with its unit"),
                () -> applied(shipped.replace(TOPIC, TOPIC.replace("to_barista", "to_kitchen"))),
                () -> refused(shipped.substring(0, shipped.indexOf("{{pull.making.every}}")), "it is no YAML"),
                () -> rolledBack(),
                () -> refused(shipped.replace("    id: push-order\n", "\tid: push-order\n"), "a tab stands here"),
                // The entry that payments come in by.
                () -> applied(shipped.replace("            uri: ledger:paid\n", "            uri: ledger:paid\n            parameters:\n"
                        + "              batch: 150\n")),
                () -> refused(shipped.replace("kafka:lucky_made_topic", "exec:rm"), "'exec' can't be used"),
                () -> applied(shipped.replace("every: '{{pull.unaccepted.every}}'", "every: 5s")),
                () -> refused(shipped.replace("ref: orderPaid", "ref: orderPayed"), "none of the hub's processors"),
                () -> applied(shipped.replace("groupId: lucky-hub-made\n", "groupId: lucky-hub-made\n        maxPollRecords: 400\n")),
                () -> refused(shipped.replace("    id: push-dispatch\n", "    id: push-order\n"), "is taken by push-order"),
                () -> acted("push-dispatch/pause"),
                () -> refused(shipped.replace("uri: ledger:cancel-outcome", "uri: ledger:made"), "no longer the arrow"),
                () -> acted("push-dispatch/resume"),
                () -> refused("a: &a [x,x,x]\nb: [*a,*a,*a]\n", "anchors"),
                () -> applied(shipped.replace("timeout: 800ms", "timeout: 2s").replace("timeout: 3s", "timeout: 4s")),
                () -> refused(shipped.replace(TOPIC, TOPIC + "            parameters:\n              brokers: evil.example:9092\n"),
                        "is not allowed"),
                // To the same barista, whose journal has all of it.
                () -> applied(Diversion.leavingOut(shipped, "store-7", Diversion.BARISTA) + "\n"
                        + Diversion.takingUp(shipped, "store-7", Diversion.BARISTA)),
                () -> rolledBack());
    }

    private void applied(String text) {
        HubClient.Reply reply = apply(text);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    private void refused(String text, String words) {
        HubClient.Reply reply = apply(text);
        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        assertThat(reply.json().get("detail").asString()).contains(words);
    }

    private void rolledBack() {
        acted("revisions/0/rollback");
    }

    private void acted(String path) {
        HubClient.Reply reply = hub.post("/api/routes/" + path, SharedHub.DEPLOYER, Json.write(Map.of("reason", "a test")));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    private HubClient.Reply apply(String text) {
        return hub.post("/api/routes/apply", SharedHub.DEPLOYER, Json.write(Map.of("files",
                List.of(Map.of("name", "routes.yaml", "text", text)), "reason", "a test")));
    }

    /** Orders flow between two edits. */
    private void next() {
        awaitAcknowledged(acknowledged().size() + RATE / 4);
    }

    private void awaitAcknowledged(int orders) {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200)).until(() -> acknowledged().size() >= orders);
    }

    /**
     * Its code is compiled and its connections are open: payments have been taken for ten seconds without a pause of half
     * of what an edit may make. A program that has just started makes such pauses by itself, and longer ones on a slow machine.
     */
    private void awaitSteady() {
        await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofSeconds(1)).until(() -> {
            Instant now = Instant.now();
            return acknowledged().size() >= 10 * RATE
                    && longestSilence(now.minusSeconds(10), now).compareTo(LONGEST_SILENCE.dividedBy(2)) < 0;
        });
    }

    /** When the payment system was told that a payment is taken, by its own journal. */
    private List<Instant> acknowledged() {
        List<Instant> times = new ArrayList<>();
        if (Files.exists(journal("payment"))) {
            Journal.read(journal("payment"), entry -> {
                if (entry.what() == What.CALLBACK_ACKNOWLEDGED) {
                    times.add(entry.at());
                }
            });
        }
        return times;
    }

    private Duration longestSilence(Instant from, Instant to) {
        List<Instant> times = new ArrayList<>(acknowledged().stream()
                .filter(each -> each.isAfter(from) && each.isBefore(to)).sorted().toList());
        times.add(to);
        Duration longest = Duration.ZERO;
        Instant last = from;
        for (Instant at : times) {
            longest = longest.compareTo(Duration.between(last, at)) > 0 ? longest : Duration.between(last, at);
            last = at;
        }
        return longest;
    }
}
