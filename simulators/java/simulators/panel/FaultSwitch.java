package simulators.panel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import simulators.faults.Faults;
import simulators.faults.Rule;

/**
 * Something that a person can break with a click, and mend.
 *
 * @param id      to be told from others by
 * @param side    who breaks: {@code payment}, {@code barista}, {@code dispatch} or {@code broker}
 * @param english as people say it
 * @param chinese the same
 * @param isOn    whether it is broken now, whoever broke it
 * @param turn    breaks it, or mends it
 */
public record FaultSwitch(String id, String side, String english, String chinese, BooleanSupplier isOn,
                     Consumer<Boolean> turn) {

    /** @param rules as {@link Rule#parse} reads them; those that someone else has set stay as they are */
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
