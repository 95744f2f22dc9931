package simulators.shop;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import simulators.chance.Chance;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.What;
import simulators.wire.HttpCaller;
import simulators.wire.RetryDelays;
import simulators.wire.Threads;

/** Sends the requests of the shop's customers: each is retried with the same body until it is answered. */
final class ShopClient implements AutoCloseable {

    private static final int CALLS_AT_ONCE = 128;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final RetryDelays AGAIN = new RetryDelays(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final String token;
    private final Chance chance;
    private final Journal journal;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final HttpCaller hub = new HttpCaller("shop", CALLS_AT_ONCE, TIMEOUT);
    /** Separate threads, so that payments of confirmed orders don't queue behind confirmations. */
    private final HttpCaller payments = new HttpCaller("shop-payment", CALLS_AT_ONCE, TIMEOUT);

    /**
     * A request and the journal entries about it.
     *
     * @param toHub whether it carries the shop's token
     * @param about details for the journal entry of each attempt
     */
    record Call(String orderId, URI to, byte[] body, boolean toHub, What asked, What answered, What failed,
                Map<String, String> about) {
    }

    ShopClient(String token, Chance chance, Journal journal, ScheduledExecutorService timer, Clock clock) {
        this.token = token;
        this.chance = chance;
        this.journal = journal;
        this.timer = timer;
        this.clock = clock;
    }

    /** @param then takes the answer, once: a success or a refusal */
    void run(Call call, Consumer<HttpCaller.Answer> then) {
        run(call, 1, then);
    }

    @Override
    public void close() {
        hub.close();
        payments.close();
    }

    private void run(Call call, int attempt, Consumer<HttpCaller.Answer> then) {
        Map<String, String> about = new HashMap<>(call.about());
        about.put("attempt", "" + attempt);
        Instant askedAt = clock.instant();
        journal.write(List.of(Entry.of(askedAt, call.asked(), call.orderId()).withDetail(about)));
        Map<String, String> headers = call.toHub() ? Map.of("Authorization", "Bearer " + token) : Map.of();
        (call.toHub() ? hub : payments).post(call.to(), call.body(), headers).thenAccept(answer -> {
            Instant now = clock.instant();
            journal.write(List.of(Entry.of(now, answer.undecided() ? call.failed() : call.answered(), call.orderId())
                    .withDetail(Map.of("answer", answer.said(), "attempt", "" + attempt,
                            "millis", "" + Duration.between(askedAt, now).toMillis()))));
            if (answer.undecided()) {
                again(call, attempt, answer, then);
            } else {
                then.accept(answer);
            }
        });
    }

    private void again(Call call, int attempt, HttpCaller.Answer answer, Consumer<HttpCaller.Answer> then) {
        Duration pause = AGAIN.pause(attempt, answer, chance, call.asked() + call.orderId());
        Threads.later(timer, pause, () -> run(call, attempt + 1, then));
    }
}
