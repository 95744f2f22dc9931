package simulators.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an entry of a journal reports; on disk in lower case with hyphens. */
public enum What {
    // of every simulator
    /** An injected fault struck this message. */
    FAULT,
    /** A message arrived that is not of the contract. */
    REFUSED_AS_MALFORMED,
    /** The broker acknowledged an event of this simulator. */
    EVENT_SENT,
    /** An estimate was asked for and given; it promises nothing. */
    ESTIMATE_GIVEN,

    // the barista's
    TICKET_CREATED,
    /** The idempotency key was known: no second ticket. */
    TICKET_REPEATED,
    /** The order was cancelled before. */
    TICKET_REFUSED,
    /** The store has accepted; from here on a cancel is refused. */
    MAKING_STARTED,
    MADE,
    CANCEL_AGREED,
    CANCEL_REFUSED,
    /** A cancel that was decided before got the first decision again. */
    CANCEL_REPEATED,

    // dispatch's
    NOTE_CREATED,
    NOTE_REPEATED,
    NOTE_REFUSED,
    /** An order's state that needs no note. */
    CHANGE_IGNORED,
    /** The delivery has taken a step. */
    EXPRESS_CHANGED,
    MAKE_STATE_TOLD,
    DELIVERY_CANCELLED,
    /** The order had been delivered already. */
    DELIVERY_CANCEL_REFUSED,
    DELIVERY_CANCEL_REPEATED,

    // the payment system's
    PAYMENT_TAKEN,
    PAYMENT_REPEATED,
    /** The payment's key was used before with other content. */
    PAYMENT_REFUSED,
    /** The hub asked for the payments of an order, and the answer named this one. */
    PAYMENT_TOLD,
    /** The hub answered the callback with 2xx: from here on nothing may be lost. */
    CALLBACK_ACKNOWLEDGED,
    /** No answer, or one that decides nothing (5xx, 429); retried without end. */
    CALLBACK_FAILED,
    /** The hub refused the callback (4xx); retried a few times. */
    CALLBACK_REFUSED,
    /** The callback was refused as often as it is retried. */
    CALLBACK_GIVEN_UP,

    // the loyalty programme's
    /** A settled order was reported for the first time; it may be worth no points. */
    POINTS_GIVEN,
    /** The idempotency key was known: no second points. */
    POINTS_REPEATED,

    // the shop's
    CONFIRM_ASKED,
    CONFIRM_ANSWERED,
    CONFIRM_FAILED,
    PAYMENT_ASKED,
    PAYMENT_ANSWERED,
    PAYMENT_FAILED,
    CANCEL_ASKED,
    CANCEL_ANSWERED,
    CANCEL_FAILED,

    // an attacker's
    /** The hub answered a callback that the payment system never sent. */
    FORGERY_ANSWERED;

    private static final Map<String, What> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(What::word, Function.identity()));

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in the file, such as {@code ticket-created}. */
    @JsonValue
    public String word() {
        return word;
    }

    @JsonCreator
    static What of(String word) {
        What what = BY_WORD.get(word);
        if (what == null) {
            throw new IllegalArgumentException("the journals have no word '" + word + "'");
        }
        return what;
    }
}
