package routes.endpoint;

/** The option {@code batch}, which all three endpoints have. */
final class Batches {

    private Batches() {
    }

    /** @throws IllegalArgumentException when it is not 1 to 1000 */
    static int checked(int batch) {
        if (batch < 1 || batch > 1000) {
            throw new IllegalArgumentException("batch must be 1 to 1000");
        }
        return batch;
    }
}
