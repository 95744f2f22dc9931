package routes;

/** A neighbour answered, but not with what it was asked for. */
final class UselessAnswerException extends RuntimeException {

    private final boolean refusal;
    private final boolean ofTheContent;

    private UselessAnswerException(String reason, boolean refusal, boolean ofTheContent) {
        super(reason, null, false, false);
        this.refusal = refusal;
        this.ofTheContent = ofTheContent;
    }

    /** Not 200. */
    static UselessAnswerException status(int status) {
        return new UselessAnswerException("status " + status, status < 500, status == 400 || status == 413 || status == 422);
    }

    /** Fewer orders would have a shorter answer. */
    static UselessAnswerException tooLong(int mostBytes) {
        return new UselessAnswerException("answer of more than " + mostBytes / 1024 / 1024 + " MB", true, true);
    }

    /** It says no, rather than not now: the same request would be refused again, and the neighbour is well. */
    boolean isRefusal() {
        return refusal;
    }

    /** It is the request's content that it doesn't take; of many orders it may be one. */
    boolean isOfTheContent() {
        return ofTheContent;
    }
}
