package routes.api;

import contract.Bounds;
import java.util.List;
import ledger.Audit;
import ledger.AuditFilter;
import ledger.AuditLine;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import routes.http.Paging;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/** {@code GET /api/audit}: who did what, and what was refused to whom. */
@Component
class AuditApi extends RouteBuilder {

    private final Audit audit;

    AuditApi(Audit audit) {
        this.audit = audit;
    }

    /** @param next to be given as {@code after} for the page that follows; null on the last */
    record Page(List<AuditLine> lines, Long next) {
    }

    @Override
    public void configure() {
        rest().get("audit").to("direct:audit");
        from("direct:audit").routeId("audit").process(this::lines);
    }

    private void lines(Exchange exchange) {
        int limit = Paging.limit(exchange);
        List<AuditLine> found = audit.list(filter(exchange), Request.after(exchange), limit + 1);
        List<AuditLine> page = found.size() > limit ? found.subList(0, limit) : found;
        Reply.json(exchange, 200, new Page(page, found.size() > limit ? page.get(limit - 1).id() : null));
    }

    private static AuditFilter filter(Exchange exchange) {
        AuditFilter filter = new AuditFilter(text(exchange, "who"), text(exchange, "act"), text(exchange, "subject"),
                Request.time(exchange, "from"), Request.time(exchange, "to"));
        if (filter.from() != null && filter.to() != null && !filter.from().isBefore(filter.to())) {
            throw Problem.malformed("from must be before to");
        }
        return filter;
    }

    private static String text(Exchange exchange, String name) {
        String text = Request.given(exchange, name);
        try {
            if (Bounds.text(name, text) != null && text.isBlank()) {
                throw new IllegalArgumentException(name + " must hold some text");
            }
            return text;
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(e.getMessage());
        }
    }
}
