package edits;

import contract.Bounds;
import contract.Visible;
import edits.rules.RouteFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import routes.http.Page;
import routes.http.Problem;
import routes.http.Reply;
import routes.http.Request;

/** The routes over HTTP: looked at, checked, applied, rolled back, paused. */
@Component
class RoutesApi extends RouteBuilder {

    private static final int PAGE = 100;

    private final RouteEditor editor;
    private final RevisionFollower follower;
    private final RevisionRows rows;
    private final OneAtATime checks = new OneAtATime();

    RoutesApi(RouteEditor editor, RevisionFollower follower, RevisionRows rows) {
        this.editor = editor;
        this.follower = follower;
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
    record Revisions(List<Revision> revisions, Long next) {
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
                    List<String> names = all.stream().map(RouteFile::name).toList();
                    if (!all.removeIf(file -> file.name().equals(name))) {
                        throw new EditRefused(EditRefused.Reason.NO_SUCH_FILE, "there are " + names);
                    }
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

        answer("routes", this::deployed);
        answer("routes-files", this::files);
        answer("routes-check", this::check);
        answer("routes-apply", exchange -> apply(exchange, false));
        answer("routes-tune", exchange -> apply(exchange, true));
        answer("routes-revisions", this::revisions);
        answer("routes-revision", this::revision);
        answer("routes-rollback", this::rollback);
        answer("routes-pause", exchange -> pause(exchange, true));
        answer("routes-resume", exchange -> pause(exchange, false));
    }

    private void answer(String id, Processor processor) {
        from("direct:" + id).routeId(id).process(exchange -> {
            try {
                processor.process(exchange);
            } catch (EditRefused e) {
                throw problem(e);
            }
        });
    }

    private static Problem problem(EditRefused refused) {
        String detail = refused.getMessage();
        return switch (refused.reason()) {
            case CHECK_UNDERWAY -> new Problem(429, "check-underway", "Another check is underway", detail,
                    Map.of("Retry-After", "1"));
            case EDIT_UNDERWAY -> new Problem(409, "edit-underway", "Another edit is underway", detail);
            case EDITED_MEANWHILE -> new Problem(409, "edited-meanwhile", "Somebody else has edited the routes meanwhile", detail);
            case NOT_IN_FORCE -> new Problem(409, "not-in-force", "This hub doesn't run what is in force", detail);
            case STILL_OWED -> new Problem(409, "still-owed", "Orders are owed over an arrow that this takes out", detail);
            case NOT_PAUSABLE -> new Problem(409, "not-pausable", "The route can't be paused", detail);
            case NO_SUCH_REVISION -> new Problem(404, "no-such-revision", "No such revision", detail);
            case NO_SUCH_ROUTE -> new Problem(404, "no-such-route", "No such route", detail);
            case NO_SUCH_FILE -> new Problem(404, "no-such-file", "No such route file", detail);
            case NOT_ALLOWED -> new Problem(422, "routes-refused", "The routes can't be applied as they are", detail);
            case NOT_STARTED -> new Problem(422, "routes-not-started", "The routes could not be started", detail);
        };
    }

    private void deployed(Exchange exchange) {
        RunningRoutes running = follower.running();
        Map<String, Boolean> atRest = follower.atRest();
        Reply.json(exchange, 200, new Deployed(running.revision(), running.trouble(), follower.routes().stream()
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
        RunningRoutes running = follower.running();
        if (exchange.getMessage().getHeader("revision") == null) {
            Reply.json(exchange, 200, new FilesView(running.revision(), running.files()));
            return;
        }
        long number = number(exchange, "revision");
        Reply.json(exchange, 200, new FilesView(number, number == 0 ? follower.base() : whole(number).files()));
    }

    private void check(Exchange exchange) {
        Locale language = Request.language(exchange);
        Reply.json(exchange, 200, checks.run(Request.role(exchange), () -> {
            EditRequest request = Request.files(exchange, EditRequest.class);
            return editor.judge(request.edit().apply(follower.running().files())).in(language);
        }));
    }

    /** @param tuneOnly whether it may change nothing but what an operator may */
    private void apply(Exchange exchange, boolean tuneOnly) {
        EditRequest request = Request.files(exchange, EditRequest.class);
        String reason = reason(request.reason());
        Reply.json(exchange, 200, new Applied(editor.apply(Request.actor(exchange),
                tuneOnly ? "tune" : request.act(), reason, request.base(), Edit.Owed.of(request.owed()), request.edit())));
    }

    private void rollback(Exchange exchange) {
        long number = number(exchange, "number");
        Back request = Request.json(exchange, Back.class);
        String reason = reason(request.reason());
        Reply.json(exchange, 200, new Applied(editor.rollback(Request.actor(exchange), number, reason,
                Edit.Owed.of(request.owed()))));
    }

    private void pause(Exchange exchange, boolean rests) {
        String id = Request.id(exchange, "id");
        String reason = reason(Request.json(exchange, Reason.class).reason());
        editor.pause(Request.actor(exchange), id, rests, reason);
        deployed(exchange);
    }

    private void revisions(Exchange exchange) {
        Page<Revision> page = Page.of(PAGE, limit -> rows.list(Page.after(exchange), limit));
        Reply.json(exchange, 200, new Revisions(page.rows(), page.next(Revision::number)));
    }

    private void revision(Exchange exchange) {
        Reply.json(exchange, 200, whole(number(exchange, "number")));
    }

    private Revision.Whole whole(long number) {
        return rows.find(number).orElseThrow(() -> new EditRefused(EditRefused.Reason.NO_SUCH_REVISION,
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
