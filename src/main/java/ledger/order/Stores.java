package ledger.order;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The stores whose orders an arrow is for.
 *
 * @param only   ids; empty for all stores
 * @param except ids of those that it leaves out, of {@code only} as well
 */
public record Stores(Set<String> only, Set<String> except) {

    public static final Stores ALL = new Stores(Set.of(), Set.of());

    /** @param ids with commas between them */
    public Stores only(String ids) {
        return new Stores(ids(ids), except);
    }

    /** @param ids with commas between them */
    public Stores except(String ids) {
        return new Stores(only, ids(ids));
    }

    public boolean include(String storeId) {
        return (only.isEmpty() || only.contains(storeId)) && !except.contains(storeId);
    }

    private static Set<String> ids(String ids) {
        return Arrays.stream(ids.split(",")).collect(Collectors.toUnmodifiableSet());
    }
}
