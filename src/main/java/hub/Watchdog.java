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
 * Sees to it that the process works or is dead, never neither: when a thread that the hub can't do without has ended,
 * {@code /livez} fails, and after a while for what watches that the process ends.
 */
@Component
class Watchdog implements SmartLifecycle {

    /** EX_SOFTWARE of sysexits.h; 1 is a start that failed. */
    static final int EXIT_CODE = 70;

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long LOOK_MILLIS = 1_000;
    /** For the shutdown hooks, which may wait for what has ended. */
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
     * @param ask       for the names of what has ended
     * @param broken    called once, when something has
     * @param endsAfter that long after
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

    /** What two looks in a row have found to have ended: one that is only being started or stopped is passed over. */
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
            // Else this were the last look.
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

    /** Stopped first, and started last: what it watches ends when the hub does. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
