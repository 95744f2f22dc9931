package hub;

import java.util.Set;

/**
 * Who there is. People are one of three, each of which may all that the one below may; a neighbour may what it is for
 * and nothing of the others'.
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
