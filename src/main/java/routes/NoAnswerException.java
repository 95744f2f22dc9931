package routes;

/** A neighbour gave no usable answer. What it owes stays owed. */
final class NoAnswerException extends RuntimeException {

    private final transient Answer.NoAnswer answer;

    NoAnswerException(Answer.NoAnswer answer) {
        super("no answer: " + answer.reason(), null, false, false);
        this.answer = answer;
    }

    Answer.Because because() {
        return answer.because();
    }
}
