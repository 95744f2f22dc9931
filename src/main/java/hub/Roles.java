package hub;

import java.util.Set;

/**
 * The roles of callers. People have one of three, each of which includes the one below it; a neighbour's role allows that
 * neighbour's own requests only.
 */
final class Roles {

    /** Sees everything but the audit. */
    static final String VIEWER = "viewer";
    /** Acts on what runs: replays, dismisses, pulls, pauses, resumes; confirms and cancels as the shop does. */
    static final String OPERATOR = "operator";
    /** Changes what runs. */
    static final String DEPLOYER = "deployer";

    static final String SHOP = "shop";
    static final String BARISTA = "barista";
    static final String DISPATCH = "dispatch";

    static final Set<String> PEOPLE = Set.of(VIEWER, OPERATOR, DEPLOYER);
    static final Set<String> ALL = Set.of(VIEWER, OPERATOR, DEPLOYER, SHOP, BARISTA, DISPATCH);

    /** As Spring's RoleHierarchy reads it. */
    static final String HIERARCHY = DEPLOYER + " > " + OPERATOR + "\n" + OPERATOR + " > " + VIEWER;

    private Roles() {
    }
}
