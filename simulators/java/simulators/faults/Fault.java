package simulators.faults;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Faults that can be injected. When several would strike one message, the first in this order does. */
public enum Fault {
    /** The message is dropped. */
    LOSE,
    /** Answered 500; nothing was done. */
    ERROR_500,
    /** No answer until the time-out; nothing was done. */
    TIME_OUT,
    /** No answer until the time-out, although the request was carried out. */
    TIME_OUT_BUT_APPLIED,
    /** The message arrives twice. */
    DOUBLE,
    /** A later message of the order overtakes it. */
    REORDER,
    /** The message arrives late. */
    DELAY,
    /** Nothing gets through for a while: HTTP answers 503, events wait. The rate is a share of the time. */
    DOWN,
    /** The store is closed: an order that is handed over gets no ticket now. */
    CLOSED;

    /** The name in rules and journals, such as {@code time-out}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException when there is no such fault; the message lists those there are */
    @JsonCreator
    public static Fault of(String word) {
        return Arrays.stream(values()).filter(fault -> fault.word().equals(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such fault; there are "
                        + String.join(", ", Arrays.stream(values()).map(Fault::word).toList())));
    }
}
