package simulators.panel;

import java.util.List;
import simulators.faults.Faults;
import simulators.faults.Rule;

/** The panel's switches for faults of the neighbours, with their names in both languages. */
public record FaultSwitches(Faults payment, Faults barista, Faults dispatch) {

    /** From this rate on, faults of a neighbour count as an outage: hardly any attempt of the hub succeeds. */
    private static final double NEARLY_ALWAYS = 0.9;

    List<FaultSwitch> switches() {
        return List.of(
                payment("callback-lost", "lose 50 % of the payments' callbacks", "丢失 50% 的支付回调", "lose=0.5@callbacks"),
                payment("callback-twice", "payment calls back twice", "支付重复回调", "double=1@callbacks"),
                payment("callback-late", "callbacks come up to 20 s late", "支付回调最多迟到 20 秒",
                        "delay=1@callbacks:20s"),
                payment("payment-down", "payment is down", "支付系统宕机", "down=1"),

                barista("orders-lost", "lose 50 % of the orders' messages", "丢失 50% 的订单消息", "lose=0.5@orders-in"),
                barista("orders-twice", "every order's message comes twice", "每条订单消息都重复到达",
                        "double=1@orders-in"),
                barista("made-lost", "lose 50 % of the barista's news (started, made)", "丢失 50% 的制作状态消息",
                        "lose=0.5@events-out"),
                barista("made-overtakes", "the barista's news overtakes itself", "制作状态消息乱序",
                        "reorder=0.5@events-out"),
                barista("stores-closed", "half of the stores' tills are closed to pulls", "一半的拉取遇到门店打烊",
                        "closed=0.5@orders-pulled"),
                barista("barista-down", "the barista is down", "咖啡师系统宕机", "down=1"),

                dispatch("changes-lost", "lose 50 % of the made orders' messages", "丢失 50% 的制作完成消息",
                        "lose=0.5@changes-in"),
                dispatch("express-lost", "lose 50 % of the couriers' news", "丢失 50% 的配送状态消息",
                        "lose=0.5@events-out"),
                dispatch("express-twice", "the couriers' news comes twice", "配送状态消息重复到达",
                        "double=1@events-out"),
                dispatch("dispatch-fails", "dispatch answers every other call with 500", "配送系统一半的请求返回 500",
                        "error-500=0.5@http-in"),
                dispatch("dispatch-down", "dispatch is down", "配送系统宕机", "down=1"));
    }

    /** Whether the hub can't reach some neighbour at all, so that orders that wait for it can't be repaired now. */
    boolean isStopped() {
        return List.of(payment, barista, dispatch).stream().flatMap(faults -> faults.rules().stream())
                .anyMatch(FaultSwitches::stops);
    }

    private static boolean stops(Rule rule) {
        if (rule.rate() < NEARLY_ALWAYS) {
            return false;
        }
        boolean onCalls = rule.channel() == null || rule.channel().equals("http-in");
        return switch (rule.fault()) {
            case DOWN, ERROR_500, TIME_OUT, LOSE -> onCalls;
            case CLOSED -> true;
            case TIME_OUT_BUT_APPLIED, DOUBLE, REORDER, DELAY -> false;
        };
    }

    private FaultSwitch payment(String id, String english, String chinese, String... rules) {
        return FaultSwitch.of("payment", payment, id, english, chinese, rules);
    }

    private FaultSwitch barista(String id, String english, String chinese, String... rules) {
        return FaultSwitch.of("barista", barista, id, english, chinese, rules);
    }

    private FaultSwitch dispatch(String id, String english, String chinese, String... rules) {
        return FaultSwitch.of("dispatch", dispatch, id, english, chinese, rules);
    }
}
