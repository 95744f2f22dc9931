package testbed;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sequence diagram as {@code diagram/arrows.yaml} states it.
 *
 * @param groups the diagram's titles by the group of the routes
 */
public record Diagram(Map<String, String> groups, List<Arrow> arrows) {

    /**
     * One arrow between two systems, with its answer.
     *
     * @param way      as {@code GET /api/arrows} says it
     * @param topic    that the diagram names; null when it leaves that open
     * @param beyond   why it is stated although the diagram doesn't draw it; null when it does
     * @param pulledBy id of the route that makes up for this one when it is lost; null when none does
     */
    public record Arrow(String from, String to, String group, String says, String as, String way, String topic, String beyond,
                 List<String> routes, String pulledBy) {

        @Override
        public String toString() {
            return from + "→" + to + " " + says;
        }

        @SuppressWarnings("unchecked")
        private static Arrow of(Map<String, Object> entry) {
            return new Arrow(text(entry, "from"), text(entry, "to"), text(entry, "group"), text(entry, "says"),
                    text(entry, "as"), text(entry, "way"), text(entry, "topic"), text(entry, "beyond"),
                    (List<String>) entry.get("routes"), text(entry, "pulled by"));
        }

        private static String text(Map<String, Object> entry, String key) {
            return (String) entry.get(key);
        }
    }

    @SuppressWarnings("unchecked")
    public static Diagram stated() {
        Map<String, Object> file = ShippedRoutes.resource("/diagram/arrows.yaml");
        return new Diagram((Map<String, String>) file.get("groups"),
                ((List<Map<String, Object>>) file.get("arrows")).stream().map(Arrow::of).toList());
    }

    /** Ids in the diagram's order; a route that carries two arrows stands where the later one does. */
    public Set<String> routes() {
        Set<String> ids = new LinkedHashSet<>();
        for (Arrow arrow : arrows) {
            ids.removeAll(arrow.routes());
            ids.addAll(arrow.routes());
        }
        return ids;
    }
}
