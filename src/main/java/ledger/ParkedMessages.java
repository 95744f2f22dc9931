package ledger;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ledger.order.Event;
import ledger.order.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parked messages, and what operators do about them. A message is replayed or dismissed once, however many operators ask for
 * it at the same time: its row is locked first, and each statement checks that it still waits. Each request is in the audit,
 * in the same transaction as its effect.
 */
public final class ParkedMessages {

    private static final Logger LOG = LoggerFactory.getLogger(ParkedMessages.class);

    /** Outcomes of a replay by which a message is done with. */
    private static final Set<Outcome> DONE =
            EnumSet.of(Outcome.APPLIED, Outcome.DUPLICATE, Outcome.STALE, Outcome.EARLY);

    private static final Batch.Written NOTHING = new Batch.Written(List.of(), List.of());

    private interface Deed {
        Done to(ParkedMessage message);
    }

    /** @param detail for log and audit */
    private record Done(String detail, Batch.Written written) {
    }

    /** @param is whether this request changed anything */
    private record Acted(ParkedMessage message, boolean is, Done done) {
    }

    private final Ledger ledger;
    private final ParkedRows rows;
    private final Audit audit;

    public ParkedMessages(Ledger ledger, Audit audit) {
        this.ledger = ledger;
        this.rows = ledger.rows.parked();
        this.audit = audit;
    }

    /** Reads a message again that could not be read when it came. */
    public interface Reader {

        /** @throws Unreadable when it still can't be read */
        List<Event> read(ParkedMessage message);
    }

    /**
     * A page of parked messages.
     *
     * @param after       the id of the last one of the page before; null for the first page
     * @param oldestFirst whether the oldest come first, else the newest
     * @param bytes       how many of each body are read at most
     * @return empty when there is no message {@code after}
     */
    public Optional<List<ParkedMessage>> list(ParkedFilter filter, Long after, boolean oldestFirst, int limit,
                                              int bytes) {
        if (after == null) {
            return Optional.of(rows.list(filter, oldestFirst, null, limit, bytes));
        }
        return rows.parkedAt(after).map(at ->
                rows.list(filter, oldestFirst, new ParkedRows.After(at, after), limit, bytes));
    }

    /**
     * Applies the message as if it came now. If it needs a person again, it stays parked with its new cause.
     *
     * @param reader used if the message could not be read when it came
     * @param reason may be null
     */
    public ReplayResult replay(long id, Reader reader, Actor actor, String reason) {
        return wish(id, "replay", actor, reason, message -> replay(message, reader, actor, reason));
    }

    /** Counts a replay that failed before anything could be applied. @param cause why, in words */
    public ReplayResult stays(long id, String cause, Actor actor, String reason) {
        return wish(id, "replay", actor, reason, message -> stays(message, cause, null, actor, reason, NOTHING));
    }

    /** Takes the message off the list without applying it. @param reason in words; kept with the message */
    public ReplayResult dismiss(long id, Actor actor, String reason) {
        return wish(id, "dismiss", actor, reason, message -> {
            once(rows.dismissed(id, actor.name(), reason));
            return new Done("dismissed", NOTHING);
        });
    }

    private ReplayResult wish(long id, String act, Actor actor, String reason, Deed deed) {
        Acted acted = ledger.transactions.run(() -> acted(id, act, actor, reason, deed));
        Result.log(LOG, acted.done().written().results());
        if (acted.is()) {
            LOG.info("order={} parked={} {} by {}: {}", acted.message().orderId(), id, act, actor.name(),
                    acted.done().detail());
        }
        ledger.announce(acted.done().written().announcements());
        return new ReplayResult(id, acted.message(), acted.is(), acted.done().written().results());
    }

    private Acted acted(long id, String act, Actor actor, String reason, Deed deed) {
        ParkedMessage message = rows.lock(id).orElse(null);
        boolean waits = message != null && message.state() == ParkedState.PARKED;
        Done done = waits ? deed.to(message) : new Done(message == null ? "refused: there is no such message"
                : "nothing to do: " + message.state() + " before by " + message.last().by(), NOTHING);
        audit.add(actor, act, "parked/" + id, reason == null ? done.detail() : done.detail() + " (" + reason + ")");
        return new Acted(waits ? rows.lock(id).orElseThrow() : message, waits, done);
    }

    private Done replay(ParkedMessage message, Reader reader, Actor actor, String reason) {
        List<Event> events;
        try {
            events = message.event() == null ? reader.read(message) : List.of(message.said());
        } catch (Unreadable e) {
            return stays(message, e.getMessage(), null, actor, reason, NOTHING);
        }
        Batch.Written written = ledger.batch().apply(events.stream()
                .map(event -> new Arrival(event, message.arrow(), Way.REPLAY, message::origin)).toList());
        List<Result> own = written.results().subList(0, events.size());
        Optional<Result> again = own.stream()
                .filter(result -> result.parked() || !DONE.contains(result.outcome())).findFirst();
        if (again.isPresent()) {
            Result result = again.get();
            return stays(message, result.outcome() + ": " + result.why(), result, actor, reason, written);
        }
        Outcome outcome = own.get(0).outcome();
        once(rows.replayed(message.id(), orderId(own.get(0)), outcome, actor.name(), reason));
        return new Done(outcome.name(), written);
    }

    private Done stays(ParkedMessage message, String cause, Result result, Actor actor, String reason,
                       Batch.Written written) {
        once(rows.stays(message.id(), cause, result == null ? null : orderId(result),
                result == null ? null : result.outcome(), actor.name(), reason));
        return new Done("stays parked: " + cause, written);
    }

    /** The row is locked and was waiting; if the statement finds otherwise, the transaction is rolled back. */
    private static void once(boolean changed) {
        if (!changed) {
            throw new IllegalStateException("a parked message changed under its lock");
        }
    }

    private static String orderId(Result result) {
        return result.arrival().event().orderId();
    }
}
