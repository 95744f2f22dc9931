package simulators.payment;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import contract.PaymentApi;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import simulators.chance.Chance;
import simulators.faults.Channel;
import simulators.faults.Fault;
import simulators.faults.Faults;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.What;
import simulators.wire.Decisions;
import simulators.wire.HttpCaller;
import simulators.wire.Place;
import simulators.wire.Response;
import simulators.wire.SimulatorServer;
import simulators.wire.Threads;

/** The payment system (支付系统) on real HTTP. Runs from construction to {@link #close}. */
public final class Payment implements AutoCloseable {

    private static final int CALLBACKS_AT_ONCE = 128;

    private final PaymentSettings settings;
    private final URI callbackTo;
    private final Clock clock = Clock.systemUTC();
    private final Chance chance;
    private final PaymentBook book = new PaymentBook();
    private final Journal journal;
    private final Faults faults;
    private final ScheduledThreadPoolExecutor timer = Threads.timer("payment");
    private final HttpCaller caller;
    private final Webhook signer;
    private final SimulatorServer server;

    /** The answer to {@link PaymentRequest}. */
    public record PaymentAnswer(String paymentId) {
    }

    /**
     * Restores its state from its journal, starts, and calls back about payments that the hub hasn't acknowledged.
     *
     * @throws IllegalArgumentException when the key is no Standard Webhooks secret
     */
    public Payment(PaymentSettings settings) {
        this.settings = settings;
        try {
            signer = new Webhook(settings.key());
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException("the callback's key is empty; give a secret of the form whsec_<base64>", e);
        }
        Place place = settings.place();
        callbackTo = settings.hub().resolve("/api/payments/callback");
        chance = new Chance(place.seed());
        caller = new HttpCaller("payment", CALLBACKS_AT_ONCE, settings.timeout());
        journal = place.openJournal();
        faults = new Faults(place.seed(), List.of(Channel.HTTP_IN, Channel.CALLBACKS, Channel.LATER_CALLBACKS),
                place.faults(),
                entry -> journal.write(List.of(entry)), clock);
        journal.replay(book::restore);
        book.unacknowledged().forEach(payment -> tell(payment, 1, 0));
        server = new SimulatorServer(place, faults, journal, timer)
                .post("/payments", PaymentRequest.class, this::pay)
                .post("/payments/queries", PaymentApi.PaymentsRequest.class, this::query);
        server.start();
    }

    public URI url() {
        return server.url();
    }

    public Journal journal() {
        return journal;
    }

    public Faults faults() {
        return faults;
    }

    /**
     * Number of payments that the hub has still to acknowledge, without those whose callback was lost on purpose or given
     * up.
     */
    public int unacknowledged() {
        return book.unacknowledged().size();
    }

    @Override
    public void close() {
        server.close();
        Threads.end(timer);
        caller.close();
        journal.close();
    }

    private Response pay(PaymentRequest request) {
        Entry entry;
        CompletableFuture<Void> durable;
        synchronized (book) {
            entry = book.pay(request, clock.instant());
            durable = journal.write(List.of(entry));
        }
        durable.join();
        return switch (entry.what()) {
            case PAYMENT_TAKEN -> {
                tell(entry, 1, 0);
                yield new Response(201, new PaymentAnswer(entry.id()));
            }
            case PAYMENT_REPEATED -> Response.ok(new PaymentAnswer(entry.id()));
            default -> Response.problem(409, "that key was used for another payment; give a new idempotencyKey");
        };
    }

    private Response query(PaymentApi.PaymentsRequest request) {
        return new Decisions(book, journal, entry -> { }).answer(() -> {
            PaymentApi.PaymentsAnswer answer = book.query(request.orderIds());
            Instant now = clock.instant();
            journal.write(answer.payments().stream().map(payment ->
                    Entry.of(now, What.PAYMENT_TOLD, payment.orderId()).withId(payment.paymentId())).toList());
            return answer;
        });
    }

    private void tell(Entry payment, int attempt, int refused) {
        Channel channel = book.isFirst(payment) ? Channel.CALLBACKS : Channel.LATER_CALLBACKS;
        if (faults.down(channel)) {
            faults.record(Fault.DOWN, channel, payment.id(), payment.orderId());
            again(payment, attempt, refused, new HttpCaller.Answer(0, "down on purpose", 0));
            return;
        }
        Optional<Faults.Struck> struck = faults.strike(channel, payment.id(), payment.orderId());
        if (struck.isEmpty()) {
            send(payment, attempt, refused, true);
            return;
        }
        switch (struck.get().fault()) {
            // Also in the journal, by strike(), so that it stays lost after a restart.
            case LOSE -> book.restore(Entry.of(clock.instant(), What.FAULT, payment.orderId()).withKey(payment.id())
                    .withDetail(Map.of("fault", Fault.LOSE.word(), "channel", channel.name())));
            case DOUBLE -> {
                post(payment);
                send(payment, attempt, refused, true);
            }
            case DELAY -> Threads.later(timer, struck.get().length(), () -> send(payment, attempt, refused, true));
            case TIME_OUT -> note(payment, attempt, refused, new HttpCaller.Answer(0, "time-out on purpose", 0));
            case TIME_OUT_BUT_APPLIED -> send(payment, attempt, refused, false);
            default -> send(payment, attempt, refused, true);
        }
    }

    private CompletableFuture<HttpCaller.Answer> post(Entry payment) {
        Callback callback = Callback.of(payment);
        return caller.post(callbackTo, callback.body(), callback.headers(signer, clock.instant()));
    }

    /** @param heard whether the answer counts; otherwise the attempt counts as one without an answer */
    private void send(Entry payment, int attempt, int refused, boolean heard) {
        post(payment).thenAccept(answer -> note(payment, attempt, refused,
                heard ? answer : new HttpCaller.Answer(0, "time-out-but-applied on purpose", 0)));
    }

    private void note(Entry payment, int attempt, int refused, HttpCaller.Answer answer) {
        Entry entry = new Entry(clock.instant(), whatOf(answer), payment.orderId(), "msg_" + payment.id(),
                payment.id(), Map.of("attempt", "" + attempt, "answer", answer.said()));
        synchronized (book) {
            book.restore(entry);
            journal.write(List.of(entry));
        }
        if (entry.what() == What.CALLBACK_FAILED) {
            again(payment, attempt, 0, answer);
        } else if (entry.what() == What.CALLBACK_REFUSED) {
            if (refused + 1 < settings.refusals()) {
                again(payment, attempt, refused + 1, answer);
            } else {
                Entry end = new Entry(clock.instant(), What.CALLBACK_GIVEN_UP, payment.orderId(), null, payment.id(),
                        Map.of());
                book.restore(end);
                journal.write(List.of(end));
            }
        }
    }

    private static What whatOf(HttpCaller.Answer answer) {
        if (answer.good()) {
            return What.CALLBACK_ACKNOWLEDGED;
        }
        return answer.undecided() ? What.CALLBACK_FAILED : What.CALLBACK_REFUSED;
    }

    private void again(Entry payment, int attempt, int refused, HttpCaller.Answer answer) {
        Duration pause = refused == 0 ? settings.retries().pause(attempt, answer, chance, payment.id())
                : settings.afterRefusal().pause(refused, answer, chance, payment.id());
        Threads.later(timer, pause, () -> tell(payment, attempt + 1, refused));
    }
}
