package simulators.panel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import simulators.balance.BalanceTally;
import simulators.balance.LiveCounts;
import simulators.shop.Shop;

/** The state of a demo as the panel shows and changes it. */
public final class PanelModel {

    /** Highest rate that the panel sets, in orders a second. */
    static final int MOST = 200;

    /** How many orders a second of a backlog the hub repairs at least. */
    private static final int DRAINED = 100;

    private final List<FaultSwitch> switches;
    private final FaultSwitches neighbours;
    private final Shop shop;
    private final BalanceTally tally;
    private final FaultsAndRepairs repairs;
    private final Duration bound;
    private final Clock clock;
    private Instant reachable;

    /**
     * @param switches switches beside those of the neighbours
     * @param bound    within which the hub takes an order's next step, whatever message was lost, while it can reach all
     *                 neighbours and there is no backlog
     */
    public PanelModel(List<FaultSwitch> switches, FaultSwitches neighbours, Shop shop, BalanceTally tally,
                      FaultsAndRepairs repairs, Duration bound, Clock clock) {
        this.switches = Stream.concat(switches.stream(), neighbours.switches().stream()).toList();
        this.neighbours = neighbours;
        this.shop = shop;
        this.tally = tally;
        this.repairs = repairs;
        this.bound = bound;
        this.clock = clock;
        this.reachable = clock.instant();
    }

    record SwitchView(String id, String side, String en, String zh, boolean on) {
    }

    /**
     * @param rate         orders a second
     * @param most         the highest rate that can be set
     * @param boundSeconds after how many seconds an order that waits for the hub counts as lost
     * @param stopped      whether a neighbour can't be reached: then no order counts as lost, and the time doesn't count
     */
    record State(Instant at, List<SwitchView> switches, double rate, int most, LiveCounts count,
                 FaultsAndRepairs.Figures repairs, long boundSeconds, boolean stopped) {
    }

    /** To be called about every second, because it notes when the neighbours become reachable again. */
    synchronized State state() {
        Instant now = clock.instant();
        boolean stopped = neighbours.isStopped();
        if (stopped) {
            reachable = null;
        } else if (reachable == null) {
            reachable = now;
        }
        LiveCounts first = tally.running(bound, reachable, now);
        Duration patience = bound.plusSeconds((first.waiting() + first.lost()) / DRAINED);
        return new State(now, switches.stream()
                .map(one -> new SwitchView(one.id(), one.side(), one.english(), one.chinese(), one.isOn().getAsBoolean()))
                .toList(), shop.rate(), MOST, tally.running(patience, reachable, now), repairs.now(),
                patience.toSeconds(), stopped);
    }

    void turn(String id, boolean on) {
        switches.stream().filter(one -> one.id().equals(id)).findFirst()
                .orElseThrow(() -> new NoSuchElementException("there is no switch " + id)).turn().accept(on);
    }

    void mend() {
        switches.stream().filter(one -> one.isOn().getAsBoolean()).forEach(one -> one.turn().accept(false));
    }

    /** @throws IllegalArgumentException when the rate is not from 0 to {@link #MOST} */
    void pace(double rate) {
        if (!(rate >= 0 && rate <= MOST)) {
            throw new IllegalArgumentException("rate must be 0 to " + MOST + " orders a second");
        }
        shop.pace(rate);
    }
}
