package chaos;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import simulators.balance.Balance;
import simulators.balance.BalanceTally;
import simulators.faults.Fault;
import simulators.journal.Entry;
import simulators.journal.Journal;
import simulators.journal.What;

/**
 * What the journals of a run say.
 *
 * @param orders  all orders, by id
 * @param balance by the simulators' own rules
 * @param faults  how often each fault struck, by neighbour
 * @param moments when each work that must go on was seen, ascending
 */
record RunJournals(Map<String, OrderEvidence> orders, Balance balance, Map<String, Map<Fault, Long>> faults,
                Map<LivenessCheck, List<Instant>> moments) {

    private static final List<String> CUSTOMERS = List.of("shop", "probe");
    private static final List<String> NEIGHBOURS = List.of("payment", "barista", "dispatch");

    static RunJournals read(ChaosPlan plan) {
        Map<String, OrderEvidence> orders = new TreeMap<>();
        Map<String, Map<Fault, Long>> faults = new TreeMap<>();
        Map<LivenessCheck, List<Instant>> moments = new EnumMap<>(LivenessCheck.class);
        for (LivenessCheck one : LivenessCheck.values()) {
            moments.put(one, new ArrayList<>());
        }
        BalanceTally tally = new BalanceTally();
        for (String name : CUSTOMERS) {
            read(plan, name, entry -> {
                tally.see(entry);
                see(orders, entry);
            });
        }
        for (String name : NEIGHBOURS) {
            Map<Fault, Long> struck = new EnumMap<>(Fault.class);
            faults.put(name, struck);
            read(plan, name, entry -> {
                tally.see(entry);
                see(orders, entry);
                if (entry.what() == What.FAULT) {
                    struck.merge(Fault.of(entry.get("fault")), 1L, Long::sum);
                }
                moments.forEach((one, seen) -> {
                    if (one.isSeenIn(entry)) {
                        seen.add(entry.at());
                    }
                });
            });
        }
        moments.values().forEach(Collections::sort);
        return new RunJournals(orders, tally.balance(), faults, moments);
    }

    /** Ids of the paid orders that are not settled, by the journals alone. */
    static List<String> open(ChaosPlan plan) {
        BalanceTally tally = new BalanceTally();
        CUSTOMERS.forEach(name -> read(plan, name, tally::see));
        NEIGHBOURS.forEach(name -> read(plan, name, tally::see));
        Balance balance = tally.balance();
        return Stream.concat(balance.lost().stream(), balance.unsettled().stream()).toList();
    }

    /** The longest time without this work between two moments. */
    Duration longestSilence(LivenessCheck work, Instant from, Instant to) {
        Duration longest = Duration.ZERO;
        Instant last = from;
        for (Instant at : moments.get(work)) {
            if (at.isAfter(from) && at.isBefore(to)) {
                longest = longer(longest, Duration.between(last, at));
                last = at;
            }
        }
        return longer(longest, Duration.between(last, to));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static void see(Map<String, OrderEvidence> orders, Entry entry) {
        if (entry.orderId() != null) {
            orders.computeIfAbsent(entry.orderId(), OrderEvidence::new).see(entry);
        }
    }

    private static void read(ChaosPlan plan, String name, Consumer<Entry> reader) {
        if (Files.exists(plan.journal(name))) {
            Journal.read(plan.journal(name), reader);
        }
    }
}
