package hub;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.common.HttpMessage;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;
import routes.http.Reply;

/** {@code GET /api/me}: the caller's name and roles, so that a page does not offer what would be refused. */
@Component
class MeApi extends RouteBuilder {

    private final RoleHierarchy hierarchy;

    MeApi(RoleHierarchy hierarchy) {
        this.hierarchy = hierarchy;
    }

    /** @param roles those of the credential, and the roles that these include */
    record Me(String name, List<String> roles) {
    }

    @Override
    public void configure() {
        rest().get("me").to("direct:me");
        from("direct:me").routeId("me").process(this::me);
    }

    private void me(Exchange exchange) {
        Authentication who = (Authentication) exchange.getMessage(HttpMessage.class).getRequest().getUserPrincipal();
        Reply.json(exchange, 200, new Me(who.getName(),
                hierarchy.getReachableGrantedAuthorities(who.getAuthorities()).stream().map(GrantedAuthority::getAuthority)
                        .filter(Roles.ALL::contains).sorted().distinct().toList()));
    }
}
