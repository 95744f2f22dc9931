package routes.call;

import java.util.Set;

/** A neighbour answered, but not with what it was asked for. */
final class UselessAnswerException extends RuntimeException {

    private static final Set<Integer> OF_THE_CONTENT = Set.of(400, 413, 422);

    private final boolean refusal;
    private final Answer.Because because;

    private UselessAnswerException(String reason, boolean refusal, Answer.Because because) {
        super(reason, null, false, false);
        this.refusal = refusal;
        this.because = because;
    }

    /** The status was not 200. */
    static UselessAnswerException status(int status) {
        return new UselessAnswerException("status " + status, status < 500,
                OF_THE_CONTENT.contains(status) ? Answer.Because.CONTENT : Answer.Because.SILENT);
    }

    /** The answer is too long; one for fewer orders would be shorter. */
    static UselessAnswerException tooLong(int mostBytes) {
        return new UselessAnswerException("answer of more than " + mostBytes / 1024 + " kB", true, Answer.Because.CONTENT);
    }

    /** The hub has no room for the answer now. */
    static UselessAnswerException noRoom() {
        return new UselessAnswerException("no memory for its answer beside those that are being read", true,
                Answer.Because.UNASKED);
    }

    /** The same request would end the same way if it were repeated at once, and the neighbour is well. */
    boolean isRefusal() {
        return refusal;
    }

    Answer.Because because() {
        return because;
    }
}
