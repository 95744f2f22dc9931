package routes.api;

import contract.Bounds;
import java.util.List;
import ledger.Audit;
import ledger.AuditFilter;
import ledger.AuditLine;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;
import routes.http.Page;
import routes.http.Reply;
import routes.http.Request;

/** {@code GET /api/audit}: the acts of callers, and refused requests, the newest first. */
@Component
class AuditApi extends RouteBuilder {

    private final Audit audit;

    AuditApi(Audit audit) {
        this.audit = audit;
    }

    /** @param next to be given as {@code after} for the page that follows; null on the last */
    record AuditLines(List<AuditLine> lines, Long next) {
    }

    @Override
    public void configure() {
        rest().get("audit").to("direct:audit");
        from("direct:audit").routeId("audit").process(this::lines);
    }

    private void lines(Exchange exchange) {
        Page<AuditLine> page = Page.of(Page.limit(exchange), rows ->
                audit.list(filter(exchange), Page.after(exchange), rows));
        Reply.json(exchange, 200, new AuditLines(page.rows(), page.next(AuditLine::id)));
    }

    private static AuditFilter filter(Exchange exchange) {
        return Request.checked(() -> {
            AuditFilter filter = new AuditFilter(text(exchange, "who"), text(exchange, "act"), text(exchange, "subject"),
                    Request.time(exchange, "from"), Request.time(exchange, "to"));
            Bounds.period(filter.from(), filter.to());
            return filter;
        });
    }

    private static String text(Exchange exchange, String name) {
        String text = Bounds.text(name, Request.given(exchange, name));
        if (text != null && text.isBlank()) {
            throw new IllegalArgumentException(name + " must hold some text");
        }
        return text;
    }
}
