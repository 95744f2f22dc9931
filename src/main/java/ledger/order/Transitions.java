package ledger.order;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rules: what an event means for an order in the state that it is in. Pure; the time is an argument.
 * <pre>{@code
 * Decision decision = new Transitions(patience).decide(order, new Event.Made("81", "T-81", madeAt), now);
 * }</pre>
 *
 * <p>States only move forward. An event that skips a step moves forward as well; one that would move a state back is
 * {@link Decision.Duplicate} or {@link Decision.Stale}.
 */
public final class Transitions {

    private final Patience patience;

    public Transitions(Patience patience) {
        this.patience = patience;
    }

    /**
     * Decides by what was reported over a topic, by a callback, or by the shop.
     *
     * @param order the order as it is; null when there is none
     * @param now   by the database's clock
     */
    public Decision decide(Order order, Event event, Instant now) {
        if (order == null) {
            return event instanceof Event.CancelRequested ? new Decision.Refused("no such order")
                    : new Decision.Early("no such order yet");
        }
        Decision decision = rule(order, event, now);
        return decision instanceof Decision.Applied applied ? finish(order, hearsay(order, applied, event), now) : decision;
    }

    /**
     * Decides by what the barista answers at its own address, when it is asked: the ticket that it names is the true one. It
     * replaces a ticket that is known from a topic alone, where others may be able to write. A ticket that was answered
     * once is replaced by no other.
     */
    public Decision decideAnswered(Order order, Event event, Instant now) {
        String answered = event.ticketId();
        if (order == null || answered == null || !order.making().hearsay()) {
            Decision decision = decide(order, event, now);
            return answered != null && decision instanceof Decision.Applied applied ? hearsay(applied, false) : decision;
        }
        Order certain = order.making(order.making().ticket(answered).hearsay(false));
        Decision decision = decide(certain, event, now);
        if (decision instanceof Decision.Refused || order.isCancelled()) {
            return decision;
        }
        String why = answered.equals(order.making().ticketId()) ? "the barista confirms ticket " + answered
                : "ticket " + answered + " by the barista's answer, in place of " + order.making().ticketId()
                        + ", which was only heard of over a topic: look who writes there";
        return decision instanceof Decision.Applied applied ? new Decision.Applied(applied.order(), applied.changes(), why)
                : new Decision.Applied(certain.nextVersion(), Set.of(), why);
    }

    private static Decision.Applied hearsay(Order before, Decision.Applied applied, Event event) {
        boolean heard = before.making().ticketId() == null && applied.order().making().ticketId() != null
                && !(event instanceof Event.TicketKnown);
        return heard ? hearsay(applied, true) : applied;
    }

    private static Decision.Applied hearsay(Decision.Applied applied, boolean is) {
        Order order = applied.order();
        return new Decision.Applied(order.making(order.making().hearsay(is)), applied.changes(), applied.why());
    }

    private Decision rule(Order order, Event event, Instant now) {
        if (event instanceof Event.Paid paid) {
            return paid(order, paid, now);
        } else if (event instanceof Event.TicketKnown known) {
            return ticketKnown(order, known, now);
        } else if (event instanceof Event.TicketRefused refused) {
            return ticketRefused(order, refused, now);
        } else if (event instanceof Event.MakingStarted started) {
            return making(order, started.ticketId(), MakeState.MAKING, now);
        } else if (event instanceof Event.Made made) {
            return making(order, made.ticketId(), MakeState.MADE, now);
        } else if (event instanceof Event.DispatchTime time) {
            return dispatchTime(order, time, now);
        } else if (event instanceof Event.Express express) {
            return express(order, express, now);
        } else if (event instanceof Event.CancelRequested requested) {
            return cancelRequested(order, requested, now);
        } else if (event instanceof Event.CancelDecided decided) {
            return decided.cancelled() ? cancelled(order, decided, now) : cancelRefused(order, decided, now);
        } else if (event instanceof Event.DispatchCancelled) {
            return dispatchCancelled(order, now);
        } else if (event instanceof Event.Unpaid) {
            return unpaid(order, now);
        }
        throw new IllegalArgumentException("no rule for " + event.getClass());
    }

    private Decision paid(Order order, Event.Paid paid, Instant now) {
        Order.Content content = order.content();
        if (!content.costs(paid.amount(), paid.currency())) {
            return new Decision.Refused("paid " + paid.amount() + " " + paid.currency() + ", the order is "
                    + content.amount() + " " + content.currency());
        }
        if (paid.paymentId().equals(order.making().paymentId())) {
            return new Decision.Duplicate("paid already");
        }
        if (order.making().state() != MakeState.CONFIRMED) {
            return new Decision.RefundDue("already paid by " + order.making().paymentId());
        }
        if (order.isCancelled() || order.isExpired()) {
            return new Decision.RefundDue("the order is " + order.settled().as());
        }
        Order.Making making = new Order.Making(MakeState.PAID, now, paid.paymentId(), paid.paidAt(), null);
        return applied(order.making(making), Change.PAID);
    }

    private Decision ticketKnown(Order order, Event.TicketKnown known, Instant now) {
        if (order.isCancelled() && order.making().paymentId() != null && !isSecondTicket(order, known.ticketId())) {
            // The question and the cancel crossed. If the barista makes it nevertheless, its event will be refused.
            return new Decision.Stale("cancelled since");
        }
        Decision impossible = notMakeable(order, known.ticketId());
        if (impossible != null) {
            return impossible;
        }
        Estimate ready = Estimate.newer(order.ready(),
                Estimate.told(known.readyAt(), "barista", known.asOf(), now), now);
        Order next = order.estimates(ready, order.delivered());
        if (order.making().state() == MakeState.PAID) {
            return applied(next.making(order.making().ticket(known.ticketId()).to(MakeState.RECEIVED, now)),
                    Change.RECEIVED);
        }
        if (ready == order.ready() || order.making().state() == MakeState.MADE) {
            return new Decision.Duplicate("ticket " + known.ticketId() + " is known");
        }
        return new Decision.Applied(next, Set.of(), "a newer estimate");
    }

    /** Has the effect of a cancel that the barista has agreed to. As no customer asked for it, a person has to know. */
    private static Decision ticketRefused(Order order, Event.TicketRefused refused, Instant now) {
        if (order.isCancelled() || order.isExpired()) {
            return new Decision.Stale("over since");
        }
        if (order.cancel().state() == CancelState.CANCEL_REQUESTED) {
            // Most likely it has agreed to the cancel, and a request for a ticket reached it after that.
            return new Decision.Stale("its decision on the cancel will say more");
        }
        return switch (order.making().state()) {
            case CONFIRMED -> new Decision.Refused("the barista refused what it was never given");
            case PAID -> new Decision.Applied(order.cancel(CancelState.CANCELLED, now, refused.reason())
                            .settled(Settlement.REFUSED, now), EnumSet.of(Change.CANCELLED),
                            "refused by the barista: " + refused.reason());
            case RECEIVED, MAKING, MADE -> new Decision.Refused("the barista refused an order that it has ticket "
                    + order.making().ticketId() + " of: ask it which is true");
        };
    }

    private Decision making(Order order, String ticketId, MakeState to, Instant now) {
        Decision impossible = notMakeable(order, ticketId);
        if (impossible != null) {
            return impossible;
        }
        MakeState state = order.making().state();
        if (state == to) {
            return new Decision.Duplicate(to + " already");
        }
        if (state.atLeast(to)) {
            return new Decision.Stale(state + " already");
        }
        Order next = order.making(order.making().ticket(ticketId).to(to, now));
        Set<Change> changes = EnumSet.of(to == MakeState.MADE ? Change.MADE : Change.MAKING);
        String why = to == MakeState.MADE && state != MakeState.MAKING ? "skipped MAKING" : null;
        if (order.cancel().state() == CancelState.CANCEL_REQUESTED) {
            // By accepting, the barista has decided on the cancel, too, whichever message comes first.
            next = next.cancel(CancelState.REFUSED, now, "accepted before the cancel came");
            changes.add(Change.CANCEL_REFUSED);
        }
        return new Decision.Applied(next, changes, why);
    }

    /** Why an event about the making can't be applied; null when it can. */
    private static Decision notMakeable(Order order, String ticketId) {
        if (order.isCancelled()) {
            return new Decision.Refused("ticket " + ticketId + " of a cancelled order: ask the barista to stop it");
        }
        if (order.isExpired()) {
            return new Decision.Refused("ticket " + ticketId + " of an order that was never paid");
        }
        if (order.making().state() == MakeState.CONFIRMED) {
            return new Decision.Early("not yet paid");
        }
        if (isSecondTicket(order, ticketId)) {
            return new Decision.Refused("a second ticket " + ticketId + " beside " + order.making().ticketId());
        }
        return null;
    }

    private static boolean isSecondTicket(Order order, String ticketId) {
        String known = order.making().ticketId();
        return known != null && !known.equals(ticketId);
    }

    private static Decision dispatchTime(Order order, Event.DispatchTime time, Instant now) {
        if (!order.isDelivery()) {
            return new Decision.Refused("a time of delivery for an order that is fetched");
        }
        if (order.settled() != null) {
            return new Decision.Stale("settled as " + order.settled().as());
        }
        Estimate told = Estimate.told(time.deliveredAt(), "dispatch", time.asOf(), now);
        if (told == null) {
            return new Decision.Stale("an estimate of " + time.deliveredAt() + " as of " + time.asOf()
                    + ": one of them is too far ahead of our clock");
        }
        Estimate next = Estimate.newer(order.delivered(), told, now);
        if (next == order.delivered()) {
            return told.equals(next) ? new Decision.Duplicate("known already")
                    : new Decision.Stale("a newer estimate is known");
        }
        return new Decision.Applied(order.estimates(order.ready(), next), Set.of(), null);
    }

    private static Decision express(Order order, Event.Express express, Instant now) {
        if (!order.isDelivery()) {
            return new Decision.Refused("a delivery note for an order that is fetched");
        }
        if (order.isCancelled() || order.isExpired()) {
            return new Decision.Refused("delivery of an order that is " + (order.isExpired() ? "EXPIRED" : "CANCELLED"));
        }
        if (order.making().state() == MakeState.CONFIRMED) {
            return new Decision.Early("not yet paid");
        }
        Order.Delivery known = order.delivery();
        if (known.noteId() != null && !known.noteId().equals(express.noteId())) {
            return new Decision.Refused("a second delivery note " + express.noteId() + " beside " + known.noteId());
        }
        if (express.attempt() == known.attempt() && express.state() == known.state()) {
            return new Decision.Duplicate(known.state() + " already");
        }
        boolean behind = express.attempt() < known.attempt()
                || express.attempt() == known.attempt() && express.state().compareTo(known.state()) < 0;
        if (known.state().isFinal() || behind) {
            return new Decision.Stale(known.state() + " in attempt " + known.attempt() + " already");
        }
        Estimate delivered = express.deliveredAt() == null ? order.delivered()
                : Estimate.newer(order.delivered(),
                        Estimate.told(express.deliveredAt(), "dispatch", express.changedAt(), now), now);
        Order next = order.estimates(order.ready(), delivered).delivery(new Order.Delivery(express.state(), now,
                express.noteId(), express.attempt(), express.courier() == null ? known.courier() : express.courier()));
        Set<Change> changes = known.noteId() == null ? EnumSet.of(Change.NOTED) : EnumSet.noneOf(Change.class);
        String why = order.making().state() == MakeState.MADE ? null : "before MADE was known";
        return new Decision.Applied(next, changes, why);
    }

    private static Decision cancelRequested(Order order, Event.CancelRequested requested, Instant now) {
        if (order.isCancelled()) {
            return new Decision.Duplicate("cancelled already");
        }
        if (order.isExpired()) {
            return new Decision.Refused("the order expired unpaid; there is nothing to cancel");
        }
        if (order.making().state().atLeast(MakeState.MAKING)) {
            return new Decision.Refused("accepted by the barista at " + order.making().since()
                    + " (" + order.making().state() + "); an accepted order can't be cancelled");
        }
        return switch (order.cancel().state()) {
            case CANCEL_REQUESTED -> new Decision.Duplicate("requested already; the barista has not decided yet");
            case REFUSED -> new Decision.Refused("the barista refused: " + order.cancel().reason());
            case NONE -> order.making().state() == MakeState.CONFIRMED
                    // No neighbour has been told of the order yet, so that none has to agree.
                    ? new Decision.Applied(order.cancel(CancelState.CANCELLED, now, requested.reason())
                            .settled(Settlement.CANCELLED, now), Set.of(), "before it was paid")
                    : applied(order.cancel(CancelState.CANCEL_REQUESTED, now, requested.reason()),
                            Change.CANCEL_REQUESTED);
            case CANCELLED -> throw new IllegalStateException("answered above");
        };
    }

    private static Decision cancelled(Order order, Event.CancelDecided decided, Instant now) {
        if (order.isCancelled()) {
            return new Decision.Duplicate("cancelled already");
        }
        if (order.making().state().atLeast(MakeState.MAKING)) {
            return new Decision.Refused("the barista cancelled what it had accepted: ask it which is true");
        }
        if (order.cancel().state() != CancelState.CANCEL_REQUESTED) {
            return new Decision.Refused("the barista cancelled what nobody asked it to (" + order.cancel().state() + ")");
        }
        Order next = order.cancel(CancelState.CANCELLED, now, decided.reason());
        // Dispatch may have planned an order for delivery: that is settled when dispatch has dropped it.
        return applied(order.isDelivery() ? next : next.settled(Settlement.CANCELLED, now), Change.CANCELLED);
    }

    private static Decision cancelRefused(Order order, Event.CancelDecided decided, Instant now) {
        return switch (order.cancel().state()) {
            case CANCEL_REQUESTED -> applied(order.cancel(CancelState.REFUSED, now, decided.reason()),
                    Change.CANCEL_REFUSED);
            case REFUSED -> new Decision.Duplicate("refused already");
            case NONE -> new Decision.Stale("no cancel was requested");
            case CANCELLED -> new Decision.Refused("the barista refused a cancel after it had agreed");
        };
    }

    private static Decision dispatchCancelled(Order order, Instant now) {
        if (!order.isCancelled()) {
            return new Decision.Refused("dispatch dropped an order that is not cancelled");
        }
        return order.settled() != null ? new Decision.Duplicate("settled already")
                : new Decision.Applied(order.settled(Settlement.CANCELLED, now), Set.of(), null);
    }

    private Decision unpaid(Order order, Instant now) {
        if (!order.isUnpaid()) {
            return new Decision.Stale("no longer waiting for its payment");
        }
        if (order.confirmedAt().plus(patience.unpaid()).isAfter(now)) {
            return new Decision.Duplicate("not paid so far");
        }
        return new Decision.Applied(order.settled(Settlement.EXPIRED, now), Set.of(), null);
    }

    private static Decision.Applied applied(Order order, Change change) {
        return new Decision.Applied(order, EnumSet.of(change), null);
    }

    /** What follows from any change: whether the order is settled now, and what each side owes. */
    private Decision finish(Order before, Decision.Applied applied, Instant now) {
        Order order = applied.order();
        if (order.settled() == null && order.making().state() == MakeState.MADE) {
            if (!order.isDelivery()) {
                order = order.settled(Settlement.MADE, now);
            } else if (order.delivery().state() == DeliveryState.DELIVERED) {
                order = order.settled(Settlement.DELIVERED, now);
            } else if (order.delivery().state() == DeliveryState.FAILED) {
                order = order.settled(Settlement.DELIVERY_FAILED, now);
            }
        }
        Set<Change> changes = EnumSet.noneOf(Change.class);
        changes.addAll(applied.changes());
        if (order.settled() != null && before.settled() == null) {
            changes.add(Change.SETTLED);
        }
        return new Decision.Applied(order.dues(DebtRules.dues(order, now, patience)).nextVersion(), changes, applied.why());
    }
}
