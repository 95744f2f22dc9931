package hub;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lifecycle.Vital;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends the process when a {@link Vital} thread has ended: {@code /livez} fails at once, and the process exits after
 * {@code hub.watchdog.ends-after}, which leaves an orchestrator the time to act first.
 */
@Component
class Watchdog implements SmartLifecycle {

    /** EX_SOFTWARE of sysexits.h. A failed start exits with 1. */
    static final int EXIT_CODE = 70;

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long LOOK_MILLIS = 1_000;
    /** The time for shutdown hooks, which may wait for the thread that has ended; then the JVM is halted. */
    private static final long LONGEST_EXIT_MILLIS = 30_000;

    private final Supplier<List<String>> ask;
    private final Runnable broken;
    private final Duration endsAfter;
    private final IntConsumer exit;
    private ScheduledExecutorService clock;
    private List<String> endedBefore = List.of();
    private boolean isBroken;

    @Autowired
    Watchdog(ObjectProvider<Vital> beans, ObjectProvider<CamelContext> camel, ApplicationContext context,
             @Value("${hub.watchdog.ends-after}") Duration endsAfter) {
        this(() -> ended(beans, camel.getObject()),
                () -> AvailabilityChangeEvent.publish(context, LivenessState.BROKEN), endsAfter, Watchdog::exit);
    }

    /**
     * @param ask       returns the names of threads that have ended
     * @param broken    called once, when one has
     * @param endsAfter time between that call and {@code exit}
     * @param exit      called with the exit code
     */
    Watchdog(Supplier<List<String>> ask, Runnable broken, Duration endsAfter, IntConsumer exit) {
        this.ask = ask;
        this.broken = broken;
        this.endsAfter = endsAfter;
        this.exit = exit;
    }

    private static List<String> ended(ObjectProvider<Vital> beans, CamelContext camel) {
        return Stream.concat(beans.stream(), camel.getRoutes().stream().map(Route::getConsumer)
                        .filter(Vital.class::isInstance).map(Vital.class::cast))
                .flatMap(vital -> vital.ended().stream()).toList();
    }

    private static void exit(int code) {
        Executors.newSingleThreadScheduledExecutor(Watchdog::thread)
                .schedule(() -> Runtime.getRuntime().halt(code), LONGEST_EXIT_MILLIS, TimeUnit.MILLISECONDS);
        System.exit(code);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "watchdog");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void start() {
        clock = Executors.newSingleThreadScheduledExecutor(Watchdog::thread);
        clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Acts on a thread that two consecutive checks found ended: one that is only being started or stopped is ignored. */
    void look() {
        try {
            List<String> ended = ask.get();
            List<String> surely = ended.stream().filter(endedBefore::contains).toList();
            endedBefore = ended;
            if (!surely.isEmpty() && !isBroken) {
                isBroken = true;
                giveUp(surely);
            }
        } catch (RuntimeException | Error e) {
            // An exception would end the schedule.
            LOG.warn("the threads of the hub can't be looked at; tried again in {} ms: {}", LOOK_MILLIS, e.toString());
        }
    }

    private void giveUp(List<String> ended) {
        LOG.error("{} ended and can't be started again: /livez answers 503, and the process ends in {} s with exit code {}; "
                + "start the hub again, nothing that it acknowledged is lost, and look above this line for the cause",
                ended, endsAfter.toSeconds(), EXIT_CODE);
        broken.run();
        clock.schedule(() -> exit.accept(EXIT_CODE), endsAfter.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        clock.shutdownNow();
        clock = null;
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }

    /** Started last and stopped first, as the watched threads end with the hub. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
