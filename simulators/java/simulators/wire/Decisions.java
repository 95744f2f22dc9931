package simulators.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.What;

/** The decisions of a simulator: made one at a time, written in that order, acted on when they are on disk. */
public final class Decisions {

    private final Object state;
    private final Journal journal;
    private final Consumer<Entry> act;

    /**
     * @param state what is decided by and changed; its monitor is held during a decision
     * @param act   what follows from a decision once it is on disk; runs on the journal's thread, and so has to be short
     */
    public Decisions(Object state, Journal journal, Consumer<Entry> act) {
        this.state = state;
        this.journal = journal;
        this.act = act;
    }

    /** @return done when the decision's entries are on disk and acted on */
    public CompletableFuture<Void> decide(Supplier<List<Entry>> decision) {
        List<Entry> entries;
        CompletableFuture<Void> durable;
        synchronized (state) {
            entries = decision.get();
            durable = journal.write(entries);
        }
        return durable.thenRun(() -> entries.forEach(act));
    }

    /** An answer that was true at one moment; it is given when everything that it rests on is on disk. */
    public Response answer(Supplier<Record> said) {
        Record answer;
        CompletableFuture<Void> durable;
        synchronized (state) {
            answer = said.get();
            durable = journal.write(List.of());
        }
        durable.join();
        return Response.ok(answer);
    }

    /** The entry about an event that can't be read. */
    public static Entry malformed(TopicEvent event, Instant now, String why) {
        return Entry.of(now, What.REFUSED_AS_MALFORMED, event.orderId()).withKey(event.id())
                .withDetail(Map.of("topic", event.topic(), "why", why));
    }
}
