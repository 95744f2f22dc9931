package routes;

/** A neighbour gave no usable answer. What it owes stays owed. */
final class NoAnswerException extends RuntimeException {
    NoAnswerException(String reason) {
        super("no answer: " + reason, null, false, false);
    }
}
