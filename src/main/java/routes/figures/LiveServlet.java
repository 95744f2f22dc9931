package routes.figures;

import contract.Json;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lifecycle.RepeatingTask;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import routes.http.Problem;
import routes.http.Reply;

/**
 * {@code GET /api/live}: the figures, twice a second, as server-sent events. They are computed once for all
 * subscribers, and not at all when there is none.
 *
 * <p>A servlet of its own, and no route: an exchange of Camel's servlet is one answer, which is complete when its route
 * ends. The web server prefers it to {@code /api/*}, and the same rules of access hold.
 */
public final class LiveServlet extends HttpServlet implements SmartLifecycle {

    private static final int MOST_WATCHERS = 64;
    /** Subscribers with the same credential, at most, so that one credential leaves room for others. */
    private static final int MOST_OF_ONE = 16;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final transient ObjectProvider<LiveFigures> figures;
    private final transient ObjectProvider<CamelContext> camel;
    private final transient Set<LiveSubscriber> watchers = ConcurrentHashMap.newKeySet();
    private transient List<RepeatingTask> clocks;

    /** Asked for late: the web server makes its servlets first, and a Camel that is made with them would find no routes. */
    public LiveServlet(ObjectProvider<LiveFigures> figures, ObjectProvider<CamelContext> camel) {
        this.figures = figures;
        this.camel = camel;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isRunning()) {
            Reply.problem(response, Problem.notReady());
            return;
        }
        LiveSubscriber watcher;
        synchronized (watchers) {
            Problem refusal = refusal(request.getRemoteUser());
            if (refusal != null) {
                Reply.problem(response, refusal);
                return;
            }
            response.setContentType("text/event-stream");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            // Without this a proxy would collect events before it sends them on.
            response.setHeader("X-Accel-Buffering", "no");
            AsyncContext exchange = request.startAsync();
            exchange.setTimeout(0);
            watcher = new LiveSubscriber(exchange, request.getRemoteUser(), watchers::remove);
            watchers.add(watcher);
        }
        watcher.begin();
    }

    /** @return why there is no room for this subscriber; null when there is */
    private Problem refusal(String who) {
        if (watchers.size() >= MOST_WATCHERS) {
            return new Problem(503, "not-ready", "Too many are looking", "this hub shows its figures to "
                    + MOST_WATCHERS + " at once; close a page that is not looked at, or look at another hub",
                    Map.of("Retry-After", "10"));
        }
        if (watchers.stream().filter(watcher -> watcher.isOf(who)).count() >= MOST_OF_ONE) {
            return new Problem(429, "too-many", "Too many are looking with this credential", "this hub shows its figures to "
                    + MOST_OF_ONE + " at once with one credential; close a page that is not looked at, or look at another "
                    + "hub",
                    Map.of("Retry-After", "10"));
        }
        return null;
    }

    private void tell() {
        if (watchers.isEmpty()) {
            return;
        }
        byte[] json = Json.write(figures.getObject().now(camel.getObject()));
        byte[] event = ("event: figures\ndata: " + new String(json, StandardCharsets.UTF_8) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
        watchers.forEach(watcher -> watcher.tell(event));
    }

    private void readLedger() {
        if (!watchers.isEmpty()) {
            figures.getObject().readLedger();
        }
    }

    @Override
    public synchronized void start() {
        // Two threads, as the figures of this hub go on while the ledger is away for seconds.
        clocks = List.of(RepeatingTask.every(PAUSE, "live", this::tell), RepeatingTask.every(PAUSE, "live-ledger", this::readLedger));
    }

    /** Stops before the web server does, which would wait for streams that never end. */
    @Override
    public synchronized void stop() {
        if (clocks != null) {
            clocks.forEach(RepeatingTask::close);
            clocks = null;
        }
        watchers.forEach(LiveSubscriber::end);
    }

    @Override
    public synchronized boolean isRunning() {
        return clocks != null;
    }
}
