package simulators.panel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import simulators.faults.Faults;
import simulators.faults.Rule;

/**
 * A fault that the panel switches on and off.
 *
 * @param id      unique among the switches
 * @param side    where it strikes: {@code payment}, {@code barista}, {@code dispatch} or {@code broker}
 * @param english name on the page
 * @param chinese name on the page
 * @param isOn    whether the fault is active, also when it was set in another way
 * @param turn    activates it (true) or ends it (false)
 */
public record FaultSwitch(String id, String side, String english, String chinese, BooleanSupplier isOn,
                     Consumer<Boolean> turn) {

    /** @param rules in the form of {@link Rule#parse}; rules that were set in another way stay as they are */
    static FaultSwitch of(String side, Faults faults, String id, String english, String chinese, String... rules) {
        List<Rule> these = Arrays.stream(rules).map(Rule::parse).toList();
        return new FaultSwitch(id, side, english, chinese, () -> faults.rules().containsAll(these), on -> {
            synchronized (faults) {
                List<Rule> all = new ArrayList<>(faults.rules());
                all.removeAll(these);
                if (on) {
                    all.addAll(these);
                }
                faults.set(all);
            }
        });
    }
}
