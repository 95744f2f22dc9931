package routes.figures;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import ledger.order.Outcome;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.springframework.stereotype.Component;

/**
 * The arrows as they are deployed at this moment, read from the running routes: a route of one of the diagram's groups is
 * an arrow, and its description begins with the lifelines that it joins, as in {@code 支付→订单 …}.
 */
@Component
public class ArrowList {

    /** The groups of the diagram: 确认订单, 订单履约发起阶段, 订单履约执行阶段, 取消订单. */
    static final Set<String> GROUPS = Set.of("confirm", "initiate", "execute", "cancel");

    /**
     * @param way      {@code http in}, {@code http out}, {@code kafka in}, {@code kafka out}, or {@code job}
     * @param endpoint where it goes or comes from, as the route has it
     * @param pulls    the arrows that it makes up for, by id: it pulls what their push should have brought
     * @param last     when it last did anything; null when it has not since the hub started
     */
    record Arrow(String id, String group, String from, String to, String description, String way, String endpoint,
                 List<String> pulls, long pushed, long pulled, long applied, long duplicate, long stale, long early,
                 long parked, long failed, Instant last) {
    }

    private static final Set<String> INSIDE = Set.of("direct:", "ledger:", "pull:", "guaranteed:");

    private final ArrowFigures figures;
    private final RouteOrder files;

    ArrowList(ArrowFigures figures, RouteOrder files) {
        this.files = files;
        this.figures = figures;
    }

    /** The arrows in the order of the route files, which is the diagram's. */
    public List<Arrow> deployed(CamelContext camel) {
        List<String> order = files.ids();
        return camel.getRoutes().stream().sorted(Comparator.comparingInt(route -> order.indexOf(route.getRouteId())))
                .filter(ArrowList::isArrow)
                .map(route -> arrow(camel, route)).toList();
    }

    static boolean isArrow(Route route) {
        return GROUPS.contains(String.valueOf(route.getGroup()));
    }

    private Arrow arrow(CamelContext camel, Route route) {
        String description = String.valueOf(route.getDescription());
        String[] lifelines = description.split(" ", 2)[0].split("→", 2);
        String endpoint = endpoint(camel, route);
        ArrowFigures.Figures done = figures.of(route.getRouteId());
        return new Arrow(route.getRouteId(), route.getGroup(), lifelines[0], lifelines.length > 1 ? lifelines[1] : null,
                description, way(route, endpoint), endpoint,
                DebtArrows.pushesOf(route.getRouteId()), done.pushed(), done.pulled(), done.of(Outcome.APPLIED),
                done.of(Outcome.DUPLICATE), done.of(Outcome.STALE), done.of(Outcome.EARLY), done.of(Outcome.PARKED),
                done.of(Outcome.FAILED), done.last());
    }

    /** The address of the other end, with placeholders as in the route: the value of a setting may be a secret. */
    private static String endpoint(CamelContext camel, Route route) {
        String from = plain(route.getEndpoint().getEndpointBaseUri());
        if (isOutside(from)) {
            return from;
        }
        RouteDefinition definition = ((ModelCamelContext) camel).getRouteDefinition(route.getRouteId());
        return definition.getOutputs().stream().filter(ToDefinition.class::isInstance)
                .map(to -> plain(((ToDefinition) to).getUri().split("\\?")[0])).filter(ArrowList::isOutside).findFirst()
                .orElse(from);
    }

    /**
     * The address as it stands in the route: Camel writes {@code kafka:topic} as {@code kafka://topic}, and escapes braces.
     */
    private static String plain(String uri) {
        return URLDecoder.decode(uri.replaceFirst("^(kafka|rest|direct|ledger|pull|guaranteed)://", "$1:"),
                StandardCharsets.UTF_8);
    }

    private static boolean isOutside(String uri) {
        return INSIDE.stream().noneMatch(uri::startsWith);
    }

    private static String way(Route route, String endpoint) {
        String from = plain(route.getEndpoint().getEndpointBaseUri());
        if (from.startsWith("pull:")) {
            return "job";
        }
        return (endpoint.startsWith("kafka:") ? "kafka" : "http") + (isOutside(from) ? " in" : " out");
    }
}
