package edits.rules;

import static edits.rules.LocalizedMessage.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where messages may come from and go to, and with which options. */
final class AddressRules {

    private static final int LONGEST = 400;
    /** The start of a neighbour's address: a setting whose name is one word and .url. */
    private static final Form BASE = Form.of(LONGEST, "\\{\\{([a-z][a-z0-9-]*\\.url)}}(.*)");
    private static final Form LITERAL = Form.of(LONGEST, "https?://([A-Za-z0-9][A-Za-z0-9.-]*(?::\\d{1,5})?)(.*)");
    /** The form of a setting that holds a neighbour's address. */
    private static final Form ASKABLE = Form.of(2_000, "https?://[^\\s?#]+");
    /** The form of a path: nothing in it can change the host that stands before it. */
    private static final Form PATH = Form.of(LONGEST, "(?:/[A-Za-z0-9][A-Za-z0-9._-]*+)*+");
    private static final Form TOPIC = Form.of(200, "[A-Za-z0-9._-]+");
    private static final Form NAME = Form.of(LONGEST, "[a-z][a-z0-9-]*+(?:,[a-z][a-z0-9-]*+)*+");
    private static final Form ENTRY = Form.of(200,
            "(?:get|post):[a-z][A-Za-z0-9-]*+(?:/(?:[a-z][A-Za-z0-9-]*+|\\{[A-Za-z]++}))*+");
    /** Settings that a route may name: those of the pulls as shipped, and those that exist for routes alone. */
    private static final Form PLACEHOLDER = Form.of(200, "\\{\\{(pull\\.[a-z][a-z0-9-]*+\\."
            + "(?:every|age|lease|backoff|backoff-most|batch|rate)|routes\\.[a-z0-9.-]+)}}");

    private final RoutePolicy policy;
    private final List<Finding> findings;

    AddressRules(RoutePolicy policy, List<Finding> findings) {
        this.policy = policy;
        this.findings = findings;
    }

    /** @param key {@code from}, {@code to} or {@code wireTap} @param step the map that has the uri */
    void check(String key, YamlValue step) {
        Optional<YamlValue> uri = step.get("uri");
        if (uri.isEmpty() || !uri.get().isText()) {
            findings.add(uri.orElse(step).finding(message("the %s has no uri", key), message("write uri: with an address")));
            return;
        }
        Map<String, YamlValue> parameters = new LinkedHashMap<>();
        Optional<YamlValue> given = step.get("parameters");
        if (given.isPresent() && !given.get().isMap()) {
            findings.add(given.get().finding(message("parameters is no list of names with values"),
                    message("write name: value, one a line")));
            return;
        }
        given.ifPresent(map -> map.entries().forEach(entry -> parameters.put(entry.key().text(), entry.value())));
        @SuppressWarnings("unchecked")
        Address address = Address.of((Map<String, Object>) step.data());
        String whole = address.uri();
        if (whole.length() > LONGEST) {
            findings.add(uri.get().finding(message("the address has more than %s characters", LONGEST), message("shorten it")));
            return;
        }
        if (whole.contains("?")) {
            findings.add(uri.get().finding(message("options stand in the uri"), message("move what follows the ? into parameters:")));
            return;
        }
        String scheme = whole.contains(":") ? whole.substring(0, whole.indexOf(':')) : whole;
        Optional<OptionPlace> place = OptionPlace.of(key, scheme);
        if (place.isEmpty()) {
            findings.add(uri.get().finding(message("'%s' can't be used in a %s", scheme, key),
                    message("use one of %s", OptionPlace.under(key).map(OptionPlace::scheme).sorted().collect(Collectors.joining(", ")))));
            return;
        }
        path(uri.get(), scheme, whole.substring(Math.min(whole.length(), scheme.length() + 1)));
        address.parameters().keySet().stream().limit(Finding.MOST).forEach(name ->
                option(name, parameters.get(name), place.get()));
        if (place.get() == OptionPlace.FROM_KAFKA && !parameters.containsKey("groupId")) {
            findings.add(uri.get().finding(message("a from kafka: needs a groupId"),
                    message("add parameters: groupId: lucky-hub-… , of its own")));
        }
    }

    private void path(YamlValue uri, String scheme, String path) {
        switch (scheme) {
            case "kafka" -> topic(uri, path);
            case "call" -> host(uri, path);
            case "rest" -> require(uri, ENTRY.fits(path), message("this is no entry"),
                    message("write rest:get:path or rest:post:path, its parts of letters, digits and hyphens, or {inBraces}"));
            default -> require(uri, NAME.fits(path), message("'%s' is no name that %s: takes", path, scheme),
                    message("write small letters, digits and hyphens"));
        }
    }

    private void topic(YamlValue uri, String topic) {
        if (!TOPIC.fits(topic)) {
            findings.add(uri.finding(message("'%s' is no topic", topic),
                    message("name one topic, of letters, digits, dots, hyphens and _")));
        } else if (policy.topics().stream().noneMatch(topic::startsWith)) {
            findings.add(uri.finding(message("the topic %s is not the hub's", topic),
                    message("name one that begins with %s, or have hub.routes.topics set", policy.topics().stream()
                            .map(Object.class::cast).reduce((some, other) -> message("%s or %s", some, other)).orElse(""))));
        }
    }

    private void host(YamlValue uri, String address) {
        Optional<Matcher> base = BASE.match(address);
        if (base.isPresent()) {
            setting(uri, base.get().group(1));
            require(uri, PATH.fits(base.get().group(2)), message("what follows {{%s}} is no path", base.get().group(1)),
                    message("write /, then letters, digits, dots, hyphens and _"));
            return;
        }
        Optional<Matcher> literal = LITERAL.match(address).filter(url -> PATH.fits(url.group(2)));
        if (literal.isEmpty()) {
            findings.add(uri.finding(message("this is no address that call: may ask"),
                    message("write call:{{NAME.url}}/path, or call:http://host:port/path of an allowed host")));
        } else if (!allows(policy.hosts(), literal.get().group(1))) {
            findings.add(uri.finding(message("the host %s is not allowed", literal.get().group(1)),
                    message("write it as a setting, {{NAME.url}}, or have it added to hub.routes.hosts")));
        }
    }

    /** The finding is the same whether such a setting exists and whatever its value is, as the value may be a secret. */
    private void setting(YamlValue uri, String name) {
        Optional<String> value = policy.placeholders().apply(name);
        if (!policy.mayAsk(name) && policy.complete()) {
            findings.add(uri.finding(message("{{%s}} is no address that routes may use", name),
                    message("use one of %s, or have %s added to hub.routes.addresses", Stream.concat(
                            RoutePolicy.NEIGHBOURS.stream(), policy.addresses().stream()).sorted()
                            .map(each -> "{{" + each + "}}").collect(Collectors.joining(", ")), name)));
        } else if (value.isEmpty()) {
            unknown(uri, name);
        } else {
            require(uri, ASKABLE.fits(value.get()), message("the setting %s is no address that call: may ask", name),
                    message("name another, or have it set to http://host:port"));
        }
    }

    private static boolean allows(Set<String> allowed, String hostAndPort) {
        return allowed.contains(hostAndPort) || allowed.contains(hostAndPort.replaceFirst(":\\d+$", ""));
    }

    private void option(String name, YamlValue value, OptionPlace place) {
        Map<String, OptionValue> known = RouteOptions.of(place);
        OptionValue kind = known.get(name);
        if (kind == null) {
            findings.add(value.finding(message("'%s' takes no %s", place, name), known.isEmpty() ? message("leave it out")
                    : message("it takes %s", known.keySet().stream().sorted().collect(Collectors.joining(", ")))));
            return;
        }
        if (!value.isText()) {
            findings.add(value.finding(message("%s has no value", name), message("give it %s", kind.inWords())));
            return;
        }
        String written = value.text();
        String text = written;
        if (written.contains("{{")) {
            Optional<String> setting = PLACEHOLDER.match(written).map(placeholder -> placeholder.group(1));
            if (setting.isEmpty()) {
                findings.add(value.finding(message("'%s' is no placeholder that routes may use", written), message("use "
                        + "{{pull.NAME.every}} or another setting of a pull, or {{routes.…}}, alone, with no default")));
                return;
            }
            Optional<String> set = policy.placeholders().apply(setting.get());
            if (set.isEmpty()) {
                unknown(value, setting.get());
                return;
            }
            text = set.get();
        }
        // By its name: people who may have a file checked may not see the value of a setting.
        if (!kind.fits(text)) {
            findings.add(value.finding(written.equals(text) ? message("%s can't be '%s'", name, text)
                    : message("%s can't be what the hub has for %s", name, written), message("give it %s", kind.inWords())));
        } else if (kind == OptionValue.BROKERS && !Stream.of(text.split(",")).allMatch(broker ->
                allows(policy.brokers(), broker))) {
            findings.add(value.finding(message("one of the brokers %s is not allowed", written),
                    message("leave brokers out, or have their hosts added to hub.routes.brokers")));
        }
    }

    private void unknown(YamlValue where, String name) {
        Finding finding = where.finding(message("nothing is known of {{%s}}", name), policy.complete()
                ? message("set %s where the hub is configured, or correct the name", name)
                : message("the hub will check it; here it can be given with --property %s=VALUE", name));
        findings.add(policy.complete() || !name.endsWith(".url") && !name.startsWith("routes.") ? finding
                : finding.asNote());
    }

    private void require(YamlValue where, boolean holds, LocalizedMessage problem, LocalizedMessage change) {
        if (!holds) {
            findings.add(where.finding(problem, change));
        }
    }
}
