package edits.rules;

import static edits.rules.LocalizedMessage.message;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The elements that a route may have. An element that isn't named here is refused, so that no address, expression or bean
 * can hide in one: no {@code toD}, no {@code enrich}, no error handler, no beans, no templates, no languages at all.
 */
final class RouteRules {

    private static final Form ID = Form.of(60, "[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+");
    private static final Set<String> GROUPS = Set.of("confirm", "initiate", "execute", "cancel");
    private static final Form DESCRIPTION = Form.of(400, "[^\\s→]+→[^\\s→]+ \\S.{0,300}");
    /**
     * The form of a text, without braces: Camel would replace them by a setting, a variable of the environment or a bean.
     */
    private static final Form PLAIN = Form.of(400, "[^{}\\p{Cntrl}]+");
    /** Senders of a route, at most: each has threads and memory of its own. */
    private static final int MOST_STEPS = 12;

    /** Keys of each step: those that it needs, and those that visual editors write beside them. */
    private static final Map<String, Set<String>> KEYS = Map.of(
            "route", Set.of("id", "group", "description", "from"),
            "from", Set.of("id", "description", "uri", "parameters", "steps"),
            "process", Set.of("id", "description", "ref"),
            "to", Set.of("id", "description", "uri", "parameters"),
            "wireTap", Set.of("id", "description", "uri", "parameters"));

    private static final Map<String, LocalizedMessage> INSTEAD = Map.ofEntries(
            Map.entry("from", message("write - route: with id, group, description and from below it")),
            Map.entry("templatedRoute", message("write it as a route:; from guaranteed: gives an arrow its push and its pull")),
            Map.entry("toD", message("write to: with a fixed address")),
            Map.entry("recipientList", message("write one to: or wireTap: for each address")),
            Map.entry("choice", message("to part off some stores' orders, give from: the parameters store and exceptStore")),
            Map.entry("filter", message("to part off some stores' orders, give from: the parameters store and exceptStore")),
            Map.entry("bean", message("name one of the hub's processors in process: ref:")),
            Map.entry("onException", message("leave it out; the hub handles errors the same way for every route")),
            Map.entry("errorHandler", message("leave it out; the hub handles errors the same way for every route")),
            Map.entry("autoStartup", message("leave it out; ./hub routes pause ID pauses a route")));

    private final AddressRules addresses;
    private final Set<String> processors;
    private final List<Finding> findings;

    RouteRules(AddressRules addresses, Set<String> processors, List<Finding> findings) {
        this.addresses = addresses;
        this.processors = processors;
        this.findings = findings;
    }

    /** @param entry of a file's list @return the route, if it is one that can be looked at further; else null */
    YamlValue check(YamlValue entry) {
        List<YamlValue.Entry> keys = entry.entries();
        if (keys.size() != 1 || !keys.get(0).key().text().equals("route") || !keys.get(0).value().isMap()) {
            YamlValue where = keys.isEmpty() ? entry : keys.get(0).key();
            findings.add(where.finding(
                    keys.isEmpty() ? message("this is no route") : message("'%s' can't be used here", where.text()),
                    INSTEAD.getOrDefault(where.text(), message("a route file is a list of - route: and of nothing else"))));
            return null;
        }
        YamlValue route = keys.get(0).value();
        int before = findings.size();
        known("route", route);
        text(route, "id", ID, message("small letters and digits with hyphens between them, as in push-order"));
        text(route, "description", DESCRIPTION, message("the two sides and what goes between them, as in 订单→会员 累计积分"));
        if (route.get("group").map(group -> !GROUPS.contains(group.text())).orElse(true)) {
            findings.add(route.get("group").orElse(route).finding(message("the route has no group of the diagram's"),
                    message("write group: with one of %s", GROUPS.stream().sorted().toList())));
        }
        route.get("from").filter(YamlValue::isMap).ifPresentOrElse(this::from, () ->
                findings.add(route.finding(message("the route has no from"), message("write from: with uri and steps"))));
        return findings.size() == before || route.get("id").isPresent() && route.get("from").isPresent() ? route : null;
    }

    private void from(YamlValue from) {
        known("from", from);
        addresses.check("from", from);
        from.get("steps").filter(steps -> steps.items().size() > MOST_STEPS).ifPresent(steps -> findings.add(
                steps.finding(message("there are more than %s steps", MOST_STEPS), message("make several routes of it"))));
        from.get("steps").filter(steps -> steps.isList() && !steps.items().isEmpty()).ifPresentOrElse(
                steps -> steps.items().stream().limit(MOST_STEPS).forEach(this::step), () ->
                        findings.add(from.finding(message("the from has no steps"),
                                message("write steps: below from:, one - for each"))));
    }

    private void step(YamlValue step) {
        List<YamlValue.Entry> keys = step.entries();
        if (keys.size() != 1) {
            findings.add(step.finding(message("this is no step"),
                    message("write - to:, - process: or - wireTap:, with what belongs to it below")));
            return;
        }
        String kind = keys.get(0).key().text();
        YamlValue value = keys.get(0).value();
        if (!Set.of("process", "to", "wireTap").contains(kind)) {
            findings.add(keys.get(0).key().finding(message("the step '%s' can't be used", kind), INSTEAD.getOrDefault(kind,
                    message("only to, process and wireTap can; decisions are made in the hub's Java"))));
            return;
        }
        if (!value.isMap()) {
            findings.add(value.finding(message("'%s' in short form", kind),
                    message("write %s below it", kind.equals("process") ? "ref:" : "uri:")));
            return;
        }
        known(kind, value);
        if (!kind.equals("process")) {
            addresses.check(kind, value);
        } else if (value.get("ref").map(ref -> !processors.contains(ref.text())).orElse(true)) {
            findings.add(value.get("ref").orElse(value).finding(message("this is none of the hub's processors"),
                    message("use one of %s", processors.stream().sorted().toList())));
        }
    }

    private void known(String kind, YamlValue map) {
        for (YamlValue.Entry entry : map.entries()) {
            if (Finding.areEnough(findings)) {
                return;
            }
            String key = entry.key().text();
            if (!KEYS.get(kind).contains(key)) {
                findings.add(entry.key().finding(message("'%s' can't be used in a %s", key, kind), INSTEAD.getOrDefault(key,
                        message("leave it out; there may be %s", KEYS.get(kind).stream().sorted().toList()))));
            } else if ((key.equals("id") || key.equals("description")) && !isPlain(entry.value())) {
                findings.add(entry.value().finding(message("the %s is no plain text", key),
                        message("leave out braces and control characters, and make it one line")));
            }
        }
    }

    private static boolean isPlain(YamlValue text) {
        return text.isText() && PLAIN.fits(text.text());
    }

    private void text(YamlValue route, String key, Form form, LocalizedMessage words) {
        YamlValue value = route.get(key).orElse(null);
        if (value == null || !value.isText()) {
            findings.add((value == null ? route : value).finding(message("the route has no %s", key),
                    message("write %s: %s", key, words)));
        } else if (!form.fits(value.text())) {
            findings.add(value.finding(message("the %s is not as it should be", key),
                    message("write %s, %s characters at most", words, form.longest())));
        }
    }
}
