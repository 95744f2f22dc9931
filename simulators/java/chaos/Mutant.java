package chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import simulators.faults.Rule;

/**
 * A hub with a mistake built in, which the check has to notice.
 *
 * @param name    on the command line
 * @param mistake in words
 * @param edits   of the hub's sources
 * @param faults  rules of the neighbours under which the mistake shows
 * @param nemeses under which the mistake shows
 */
record Mutant(String name, String mistake, List<SourceEdit> edits, Map<String, List<Rule>> faults, List<Nemesis> nemeses) {

    private static final NetworkNemesis DATABASE_CUT =
            new NetworkNemesis(Cluster.Link.TO_DATABASE, NetworkNemesis.Harm.CUT);
    private static final NetworkNemesis DATABASE_HALF_OPEN =
            new NetworkNemesis(Cluster.Link.TO_DATABASE, NetworkNemesis.Harm.HALF_OPEN);
    private static final NetworkNemesis BROKER_HANGING =
            new NetworkNemesis(Cluster.Link.TO_BROKER, NetworkNemesis.Harm.HANGING);
    private static final NetworkNemesis DISPATCH_HANGING =
            new NetworkNemesis(Cluster.Link.TO_DISPATCH, NetworkNemesis.Harm.HANGING);
    private static final NetworkNemesis BARISTA_CUT = new NetworkNemesis(Cluster.Link.TO_BARISTA, NetworkNemesis.Harm.CUT);
    private static final List<Nemesis> USUAL = List.of(DATABASE_CUT, DISPATCH_HANGING, BARISTA_CUT);

    /** The hub without a mistake: if the check notices one here, the others prove nothing. */
    static final Mutant NONE = new Mutant("none", "no mistake: must not be noticed", List.of(), USUAL);

    Mutant(String name, String mistake, List<SourceEdit> edits, List<Nemesis> nemeses) {
        this(name, mistake, edits, FaultMix.CONSTANT, nemeses);
    }

    static List<Mutant> all() {
        List<Mutant> all = new ArrayList<>(List.of(
                acknowledgesBeforeCommit(), noDeduplication(), clearsOnSend(), cancelsWithoutCondition(),
                newKeyForEachAttempt(), newNoteKeyForEachAttempt(), writesWithoutFolding(), takesAVersionForAKey(),
                readsUncommitted(), expiresByAWrongSum()));
        HubArguments.PULLS.forEach(pull -> all.add(withoutPull(pull)));
        return all;
    }

    private static Mutant withoutPull(String pull) {
        Map<String, List<Rule>> faults = switch (pull) {
            // Otherwise the barista's next event about the order would decide on the cancel, too.
            case "cancel-making" -> FaultMix.and("barista", "lose=0.3@events-out", "lose=0.5@cancels-in");
            case "cancel-dispatch" -> FaultMix.and("dispatch", "down=0.5@http-in:3s");
            default -> FaultMix.CONSTANT;
        };
        return new Mutant("no-pull-" + pull, "the pull " + pull + " is switched off",
                List.of(new SourceEdit.WithoutRoute("pull-" + pull)), faults, USUAL);
    }

    private static Mutant acknowledgesBeforeCommit() {
        return new Mutant("acknowledges-before-commit", "a callback is answered 204 while its transaction is still to come",
                List.of(new SourceEdit.Replace("java/routes/endpoint/LedgerProducer.java", """
                                    List<Result> results = apply(mapping.read(body).events(), arrow, Way.PUSH, origin(exchange), ofRequests);
                        """, """
                                    List<Event> events = mapping.read(body).events();
                                    List<Result> results;
                                    if (arrow.equals("payment-callback")) {
                                        results = List.of(new Result(new Arrival(events.get(0), arrow, Way.PUSH),
                                                ledger.order.Outcome.APPLIED, null, null, null, false));
                                        Supplier<Origin> origin = origin(exchange);
                                        new Thread(() -> apply(events, arrow, Way.PUSH, origin, ofRequests)).start();
                                    } else {
                                        results = apply(events, arrow, Way.PUSH, origin(exchange), ofRequests);
                                    }
                        """)), List.of(DATABASE_CUT, DatabaseNemesis.KILLED, DATABASE_HALF_OPEN));
    }

    private static Mutant noDeduplication() {
        return new Mutant("no-deduplication", "a payment that is reported twice is applied twice, each with a push of its own",
                List.of(new SourceEdit.Replace("java/ledger/BatchPayments.java", """
                                    if (!waits) {
                        """, """
                                    if (!waits && order != null) {
                                        return transitions.decide(order, paid, now());
                                    }
                                    if (!waits) {
                        """), new SourceEdit.Replace("java/ledger/order/Transitions.java", """
                                    return new Decision.Duplicate("paid already");
                        """, """
                                    return applied(order, Change.PAID);
                        """), new SourceEdit.Replace("java/routes/OutgoingEvents.java",
                        "keys.ticket(order)", "keys.ticket(order) + '-' + order.version()"),
                        new SourceEdit.Replace("java/routes/PullQuestions.java",
                                "keys.ticket(order)",
                                "keys.ticket(order) + '-' + order.version()")), USUAL);
    }

    private static Mutant clearsOnSend() {
        return new Mutant("clears-on-send", "an order counts as received once Kafka has its push",
                List.of(new SourceEdit.Replace("java/routes/endpoint/LedgerConsumer.java", """
                                Outcome outcome = failure == null ? Outcome.SENT : Outcome.FAILED;
                        """, """
                                Outcome outcome = failure == null ? Outcome.SENT : Outcome.FAILED;
                                if (failure == null && arrow.equals("push-order")) {
                                    java.time.Instant now = java.time.Instant.now();
                                    component.ledger().apply(orders.stream().map(order -> new ledger.Arrival(
                                            new ledger.order.Event.TicketKnown(order.id(), "T1-" + order.id(), now, now), arrow,
                                            Way.PUSH)).toList());
                                }
                        """)), USUAL);
    }

    private static Mutant cancelsWithoutCondition() {
        return new Mutant("cancels-without-condition", "a paid order is cancelled without asking the barista",
                List.of(new SourceEdit.Replace("java/ledger/order/Transitions.java",
                        "case NONE -> order.making().state() == MakeState.CONFIRMED",
                        "case NONE -> order.making().state() != MakeState.MADE")), USUAL);
    }

    private static Mutant newKeyForEachAttempt() {
        return new Mutant("new-key-for-each-attempt", "each pull hands an order over under a new idempotency key",
                List.of(new SourceEdit.Replace("java/routes/PullQuestions.java", "keys.ticket(order)",
                        "keys.ticket(order) + java.util.UUID.randomUUID()")), USUAL);
    }

    private static Mutant newNoteKeyForEachAttempt() {
        return new Mutant("new-note-key-for-each-attempt", "each pull asks for a delivery note under a new idempotency key",
                List.of(new SourceEdit.Replace("java/routes/PullQuestions.java", "keys.note(order)",
                        "keys.note(order) + java.util.UUID.randomUUID()")),
                // Dispatch has made its note, and the hub doesn't learn of it in time.
                FaultMix.and("dispatch", "lose=0.8@events-out"), List.of(BROKER_HANGING, DISPATCH_HANGING));
    }

    private static Mutant writesWithoutFolding() {
        return new Mutant("writes-without-folding", "of two events of one order in a batch, each is decided as if it were alone",
                List.of(new SourceEdit.Replace("java/ledger/Batch.java", """
                            private void fold(Arrival arrival) {
                                Event event = arrival.event();
                                Order order = orders.get(event.orderId());
                        """, """
                            private void fold(Arrival arrival) {
                                Event event = arrival.event();
                                Order order = read.get(event.orderId());
                        """)), USUAL);
    }

    private static Mutant takesAVersionForAKey() {
        String file = "java/routes/CallbackVerifier.java";
        return new Mutant("takes-a-version-for-a-key", "of a key set as v1,whsec_… both parts are keys",
                List.of(new SourceEdit.Replace(file, "keys.stream().map(CallbackVerifier::webhook)",
                        "java.util.stream.Stream.concat(java.util.stream.Stream.of(\"v1\"), keys.stream())"
                                + ".map(CallbackVerifier::webhook)"),
                        new SourceEdit.Replace(file, """
                                    throw unfit("has an element that doesn't begin with " + PREFIX);
                        """, """
                                    try {
                                        return new Webhook(key);
                                    } catch (EmptyWebhookSecretException e) {
                                        throw unfit("is empty");
                                    }
                        """)), List.of());
    }

    private static Mutant readsUncommitted() {
        return new Mutant("reads-uncommitted", "events of a transaction are taken whether or not it commits",
                List.of(new SourceEdit.Replace("java/routes/CamelConfiguration.java", "setIsolationLevel(\"read_committed\")",
                        "setIsolationLevel(\"read_uncommitted\")")),
                List.of(RecordsNemesis.OF_AN_ABORTED_TRANSACTION, RecordsNemesis.OF_AN_ABORTED_TRANSACTION));
    }

    private static Mutant expiresByAWrongSum() {
        return new Mutant("expires-by-a-wrong-sum",
                "a pulled payment of a wrong sum says that its order is unpaid, though the answer has another payment",
                List.of(new SourceEdit.Replace("java/ledger/BatchPayments.java", """
                                        return again(order, known);
                        """, """
                                        if (way == Way.PULL && order != null && known.isDueBack()
                                                && transitions.decide(order, new Event.Unpaid(order.id()), now())
                                                        instanceof Decision.Applied expired) {
                                            return expired;
                                        }
                                        return again(order, known);
                        """)), List.of());
    }
}
