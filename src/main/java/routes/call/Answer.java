package routes.call;

import contract.Json;

/** The body after a {@code call:}: a neighbour's answer, or that there is none and why. */
public sealed interface Answer {

    record Answered(byte[] body) implements Answer {
    }

    /** @param reason in a word or two: {@code time-out}, {@code circuit open}, {@code status 500} */
    record NoAnswer(String reason, Because because) implements Answer {
    }

    enum Because {
        /** The neighbour did not answer, or with an error of its own. */
        SILENT,
        /** The content of request or answer: a request with some of its orders may succeed. */
        CONTENT,
        /** The one store that the call is of failed, or its circuit is open. Calls of other stores may succeed. */
        STORE,
        /** The neighbour was not asked: the circuit of the address is open, or the hub had no memory for the answer. */
        UNASKED
    }

    /** Reads the answer as a message of the contract; one that is not valid counts as no answer. */
    static <T> Read<T> read(Answer answer, Class<T> type) {
        if (answer instanceof NoAnswer none) {
            return new Read<>(null, none);
        }
        try {
            return new Read<>(Json.read(((Answered) answer).body(), type), null);
        } catch (Json.Malformed e) {
            return new Read<>(null, new NoAnswer("malformed answer: " + e.getMessage(), Because.CONTENT));
        }
    }

    /** @param value null when there is none; then {@code none} says why */
    record Read<T>(T value, NoAnswer none) {
    }
}
