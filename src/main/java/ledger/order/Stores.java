package ledger.order;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The stores whose orders an arrow is for.
 *
 * @param only   ids; empty for all stores
 * @param except ids of stores that are left out, also of those in {@code only}
 */
public record Stores(Set<String> only, Set<String> except) {

    /** All stores. */
    public static final Stores ALL = new Stores(Set.of(), Set.of());

    /** The same, for these stores only. @param ids separated by commas */
    public Stores only(String ids) {
        return new Stores(ids(ids), except);
    }

    /** The same, without these stores. @param ids separated by commas */
    public Stores except(String ids) {
        return new Stores(only, ids(ids));
    }

    /** Whether the arrow is for orders of that store. */
    public boolean include(String storeId) {
        return (only.isEmpty() || only.contains(storeId)) && !except.contains(storeId);
    }

    private static Set<String> ids(String ids) {
        return Arrays.stream(ids.split(",")).collect(Collectors.toUnmodifiableSet());
    }
}
