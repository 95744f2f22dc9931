package routes.call;

/** A neighbour gave no usable answer; what it owes its orders stays owed. */
public final class NoAnswerException extends RuntimeException {

    private final transient Answer.NoAnswer answer;

    public NoAnswerException(Answer.NoAnswer answer) {
        super("no answer: " + answer.reason(), null, false, false);
        this.answer = answer;
    }

    public Answer.Because because() {
        return answer.because();
    }
}
