package routes.call;

import contract.Json;

/** What a neighbour said to a {@code call:}, or that it said nothing. */
public sealed interface Answer {

    record Answered(byte[] body) implements Answer {
    }

    /** @param reason in a word or two: {@code time-out}, {@code circuit open}, {@code status 500} */
    record NoAnswer(String reason, Because because) implements Answer {
    }

    enum Because {
        /** The neighbour is silent, or unwell. */
        SILENT,
        /** The request's or the answer's content: for some of its orders it may be well. */
        CONTENT,
        /** The one store that the call is of: it failed, or is left alone as it has just failed. Others may be well. */
        STORE,
        /** The circuit of the address is open, or we had no memory for the answer. */
        UNASKED
    }

    /** The answer as the contract has it; one that isn't is none. */
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
