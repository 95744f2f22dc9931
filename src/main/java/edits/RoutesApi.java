package edits;

import contract.Bounds;
import contract.Visible;
import edits.rules.RouteFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/** The routes over HTTP: looked at, checked, applied, rolled back, paused. */
@Component
class RoutesApi extends RouteBuilder {

    private static final int PAGE = 100;

    private final RouteEditor editing;
    private final RevisionRows rows;
    private final OneAtATime checks = new OneAtATime();

    RoutesApi(RouteEditor editing, RevisionRows rows) {
        this.editing = editing;
        this.rows = rows;
    }

    /**
     * @param revision what this hub runs; 0 for the routes as shipped
     * @param trouble  why that isn't what is in force; null when it is
     */
    record Deployed(long revision, String trouble, List<RouteView> routes, List<RevisionRows.HubState> hubs) {
    }

    /** @param state {@code RUNNING} or {@code PAUSED} */
    record RouteView(String id, String group, String description, String file, String from, String state) {
    }

    record FilesView(long revision, List<RouteFile> files) {
    }

    /** @param next to be given as {@code after} for the page that follows; null on the last */
    record Page(List<Revision> revisions, Long next) {
    }

    /**
     * @param files  each takes the place of the one of its name, or is added
     * @param remove names of files to take out
     * @param base   the revision that it was made from, if it is to be applied to no other; null when that doesn't matter
     * @param owed   {@code keep} or {@code drop} what is owed over arrows that it takes out; null to be asked
     */
    record EditRequest(List<RouteFile> files, List<String> remove, String reason, Long base, String owed) {
        EditRequest {
            Edit.Owed.of(owed);
            files = files == null ? List.of() : files;
            remove = remove == null ? List.of() : remove;
            if (files.isEmpty() && remove.isEmpty()) {
                throw new IllegalArgumentException("files or remove must name a route file");
            }
            if (files.stream().map(RouteFile::name).distinct().count() < files.size()) {
                throw new IllegalArgumentException("two of the files have the same name");
            }
        }

        UnaryOperator<List<RouteFile>> edit() {
            return running -> {
                List<RouteFile> all = new ArrayList<>(running);
                for (String name : remove) {
                    all = new ArrayList<>(RouteEditor.removing(name).apply(all));
                }
                return Proposal.with(all, files);
            };
        }

        String act() {
            return files.isEmpty() ? "remove" : "apply";
        }
    }

    record Reason(String reason) {
    }

    /** @param owed as of an edit */
    record Back(String reason, String owed) {
        Back {
            Edit.Owed.of(owed);
        }
    }

    record Applied(long revision) {
    }

    @Override
    public void configure() {
        rest()
                .get("routes").to("direct:routes")
                .get("routes/files").to("direct:routes-files")
                .post("routes/check").to("direct:routes-check")
                .post("routes/apply").to("direct:routes-apply")
                .post("routes/tune").to("direct:routes-tune")
                .get("routes/revisions").to("direct:routes-revisions")
                .get("routes/revisions/{number}").to("direct:routes-revision")
                .post("routes/revisions/{number}/rollback").to("direct:routes-rollback")
                .post("routes/{id}/pause").to("direct:routes-pause")
                .post("routes/{id}/resume").to("direct:routes-resume");

        from("direct:routes").routeId("routes").process(this::deployed);
        from("direct:routes-files").routeId("routes-files").process(this::files);
        from("direct:routes-check").routeId("routes-check").process(this::check);
        from("direct:routes-apply").routeId("routes-apply").process(exchange -> apply(exchange, false));
        from("direct:routes-tune").routeId("routes-tune").process(exchange -> apply(exchange, true));
        from("direct:routes-revisions").routeId("routes-revisions").process(this::revisions);
        from("direct:routes-revision").routeId("routes-revision").process(this::revision);
        from("direct:routes-rollback").routeId("routes-rollback").process(this::rollback);
        from("direct:routes-pause").routeId("routes-pause").process(exchange -> pause(exchange, true));
        from("direct:routes-resume").routeId("routes-resume").process(exchange -> pause(exchange, false));
    }

    private void deployed(Exchange exchange) {
        RunningRoutes running = editing.running();
        Map<String, Boolean> atRest = editing.atRest();
        Reply.json(exchange, 200, new Deployed(running.revision(), running.trouble(), editing.routes().stream()
                .map(route -> new RouteView(route.id(), route.group(), route.description(), route.file(),
                        route.from().target(), atRest.get(route.id()) ? "PAUSED" : "RUNNING")).toList(), hubs()));
    }

    private List<RevisionRows.HubState> hubs() {
        try {
            return rows.hubs();
        } catch (DataAccessException e) {
            // What runs here can be told all the same.
            return List.of();
        }
    }

    private void files(Exchange exchange) {
        RunningRoutes running = editing.running();
        if (exchange.getMessage().getHeader("revision") == null) {
            Reply.json(exchange, 200, new FilesView(running.revision(), running.files()));
            return;
        }
        long number = number(exchange, "revision");
        Reply.json(exchange, 200, new FilesView(number, number == 0 ? editing.base() : whole(number).files()));
    }

    private void check(Exchange exchange) {
        Reply.json(exchange, 200, checks.run(Request.role(exchange), () -> {
            EditRequest request = Request.files(exchange, EditRequest.class);
            return editing.judge(request.edit().apply(editing.running().files()));
        }));
    }

    /** @param tuneOnly whether it may change nothing but what an operator may */
    private void apply(Exchange exchange, boolean tuneOnly) {
        EditRequest request = Request.files(exchange, EditRequest.class);
        String reason = reason(request.reason());
        Reply.json(exchange, 200, new Applied(editing.apply(Request.actor(exchange),
                tuneOnly ? "tune" : request.act(), reason, request.base(), Edit.Owed.of(request.owed()), request.edit())));
    }

    private void rollback(Exchange exchange) {
        long number = number(exchange, "number");
        Back request = Request.json(exchange, Back.class);
        String reason = reason(request.reason());
        Reply.json(exchange, 200, new Applied(editing.rollback(Request.actor(exchange), number, reason,
                Edit.Owed.of(request.owed()))));
    }

    private void pause(Exchange exchange, boolean rests) {
        String id = Request.id(exchange, "id");
        String reason = reason(Request.json(exchange, Reason.class).reason());
        editing.pause(Request.actor(exchange), id, rests, reason);
        deployed(exchange);
    }

    private void revisions(Exchange exchange) {
        List<Revision> found = rows.list(Request.after(exchange), PAGE + 1);
        List<Revision> page = found.size() > PAGE ? found.subList(0, PAGE) : found;
        Reply.json(exchange, 200, new Page(page, found.size() > PAGE ? page.get(PAGE - 1).number() : null));
    }

    private void revision(Exchange exchange) {
        Reply.json(exchange, 200, whole(number(exchange, "number")));
    }

    private Revision.Whole whole(long number) {
        return rows.find(number).orElseThrow(() -> new Problem(404, "no-such-revision", "No such revision",
                "there is no revision " + number + "; see GET /api/routes/revisions"));
    }

    private static long number(Exchange exchange, String name) {
        String number = Request.id(exchange, name);
        if (!number.matches("\\d{1,18}")) {
            throw Problem.malformed("a revision is a number");
        }
        return Long.parseLong(number);
    }

    private static String reason(String reason) {
        try {
            if (Bounds.text("reason", reason) == null || reason.isBlank()) {
                throw new IllegalArgumentException("an edit needs a reason, for whoever asks later");
            }
            return Visible.text(reason);
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(e.getMessage());
        }
    }
}
