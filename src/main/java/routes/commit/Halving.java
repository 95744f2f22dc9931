package routes.commit;

import java.util.List;
import java.util.function.Predicate;

/** Finds the items for which a batch fails: the batch is halved until each of them is alone. */
public final class Halving {

    private Halving() {
    }

    /**
     * @param batch one item or more
     * @param fails tries a batch, in the order of the items; true when it failed for one of its items, which is not known.
     *              True of a single item means that it is the one; what becomes of it is the predicate's to decide
     */
    public static <T> void of(List<T> batch, Predicate<List<T>> fails) {
        if (fails.test(batch) && batch.size() > 1) {
            int half = batch.size() / 2;
            of(batch.subList(0, half), fails);
            of(batch.subList(half, batch.size()), fails);
        }
    }
}
