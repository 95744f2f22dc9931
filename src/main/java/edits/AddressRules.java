package edits;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where messages may come from and go to, and with which options. */
final class AddressRules {

    /** The start of a neighbour's address: a setting whose name is one word and .url. */
    private static final Pattern BASE = Pattern.compile("\\{\\{([a-z][a-z0-9-]*\\.url)}}(.*)", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("https?://([A-Za-z0-9][A-Za-z0-9.-]*(?::\\d{1,5})?)(.*)",
            Pattern.DOTALL);
    /** What a setting has to be that is asked: a rehearsal shows it, and {@code database.url} is somebody's secret. */
    private static final Pattern ASKABLE = Pattern.compile("https?://[^\\s?#]+");
    /** Nothing that could make another host of what stands before it. */
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9][A-Za-z0-9._-]*)*");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*");
    private static final Pattern ENTRY = Pattern.compile(
            "(get|post):[a-z][A-Za-z0-9-]*(/([a-z][A-Za-z0-9-]*|\\{[A-Za-z]+}))*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{((?:pull|routes)\\.[a-z0-9.-]+)}}");

    private final Allowance allowance;
    private final List<Finding> findings;

    AddressRules(Allowance allowance, List<Finding> findings) {
        this.allowance = allowance;
        this.findings = findings;
    }

    /** @param place {@code from}, {@code to} or {@code wireTap} @param step the map that has the uri */
    void check(String place, Yaml step) {
        Optional<Yaml> uri = step.get("uri");
        if (uri.isEmpty() || !uri.get().isText()) {
            findings.add(uri.orElse(step).finding("the " + place + " has no uri", "write uri: with an address"));
            return;
        }
        Map<String, Yaml> parameters = new LinkedHashMap<>();
        Optional<Yaml> given = step.get("parameters");
        if (given.isPresent() && !given.get().isMap()) {
            findings.add(given.get().finding("parameters is no list of names with values", "write name: value, one a line"));
            return;
        }
        given.ifPresent(map -> map.entries().forEach(entry -> parameters.put(entry.key().text(), entry.value())));
        @SuppressWarnings("unchecked")
        Address address = Address.of((Map<String, Object>) step.data());
        String whole = address.uri();
        if (whole.contains("?")) {
            findings.add(uri.get().finding("options stand in the uri", "move what follows the ? into parameters:"));
            return;
        }
        String scheme = whole.contains(":") ? whole.substring(0, whole.indexOf(':')) : whole;
        Optional<Map<String, Options.Kind>> options = Options.of(place, scheme);
        if (options.isEmpty()) {
            findings.add(uri.get().finding("'" + scheme + "' can't be used in a " + place, "use one of "
                    + Options.schemes(place).collect(Collectors.joining(", "))));
            return;
        }
        path(uri.get(), scheme, whole.substring(Math.min(whole.length(), scheme.length() + 1)));
        address.parameters().keySet().forEach(name ->
                option(name, parameters.get(name), options.get(), place + " " + scheme));
        if (place.equals("from") && scheme.equals("kafka") && !parameters.containsKey("groupId")) {
            findings.add(uri.get().finding("a from kafka: needs a groupId", "add parameters: groupId: lucky-hub-… , of its own"));
        }
    }

    private void path(Yaml uri, String scheme, String path) {
        switch (scheme) {
            case "kafka" -> topic(uri, path);
            case "call" -> host(uri, path);
            case "rest" -> require(uri, ENTRY.matcher(path).matches(), "this is no entry",
                    "write rest:get:path or rest:post:path, its parts of letters, digits and hyphens, or {inBraces}");
            default -> require(uri, NAME.matcher(path).matches(), "'" + path + "' is no name that " + scheme + ": takes",
                    "write small letters, digits and hyphens");
        }
    }

    private void topic(Yaml uri, String topic) {
        if (!TOPIC.matcher(topic).matches()) {
            findings.add(uri.finding("'" + topic + "' is no topic", "name one topic, of letters, digits, dots, hyphens and _"));
        } else if (allowance.topics().stream().noneMatch(topic::startsWith)) {
            findings.add(uri.finding("the topic " + topic + " is not the hub's", "name one that begins with "
                    + String.join(" or ", allowance.topics()) + ", or have hub.routes.topics set"));
        }
    }

    private void host(Yaml uri, String address) {
        Matcher base = BASE.matcher(address);
        if (base.matches()) {
            String name = base.group(1);
            Optional<String> value = allowance.placeholders().apply(name);
            if (value.isEmpty()) {
                unknown(uri, name);
            }
            require(uri, value.filter(url -> !ASKABLE.matcher(url).matches()).isEmpty(), "the setting " + name
                    + " is no address that call: may ask", "name another, or have it set to http://host:port");
            require(uri, PATH.matcher(base.group(2)).matches(), "what follows {{" + name + "}} is no path",
                    "write /, then letters, digits, dots, hyphens and _");
            return;
        }
        Matcher literal = LITERAL.matcher(address);
        if (!literal.matches() || !PATH.matcher(literal.group(2)).matches()) {
            findings.add(uri.finding("this is no address that call: may ask",
                    "write call:{{NAME.url}}/path, or call:http://host:port/path of an allowed host"));
        } else if (!allows(literal.group(1))) {
            findings.add(uri.finding("the host " + literal.group(1) + " is not allowed",
                    "write it as a setting, {{NAME.url}}, or have it added to hub.routes.hosts"));
        }
    }

    private boolean allows(String hostAndPort) {
        return allowance.hosts().contains(hostAndPort) || allowance.hosts().contains(hostAndPort.replaceFirst(":\\d+$", ""));
    }

    private void option(String name, Yaml value, Map<String, Options.Kind> known, String where) {
        Options.Kind kind = known.get(name);
        if (kind == null) {
            findings.add(value.finding("'" + where + "' takes no " + name, known.isEmpty() ? "leave it out"
                    : "it takes " + known.keySet().stream().sorted().collect(Collectors.joining(", "))));
            return;
        }
        if (!value.isText()) {
            findings.add(value.finding(name + " has no value", "give it " + kind.inWords()));
            return;
        }
        String text = value.text();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        if (placeholder.matches()) {
            Optional<String> set = allowance.placeholders().apply(placeholder.group(1));
            if (set.isEmpty()) {
                unknown(value, placeholder.group(1));
                return;
            }
            text = set.get();
        } else if (text.contains("{{")) {
            findings.add(value.finding("'" + text + "' is no placeholder that routes may use",
                    "use {{pull.…}} or {{routes.…}}, alone and without a default"));
            return;
        }
        if (!kind.fits(text)) {
            findings.add(value.finding(name + " can't be '" + text + "'", "give it " + kind.inWords()));
        } else if (kind == Options.Kind.BROKERS) {
            for (String broker : text.split(",")) {
                require(value, allows(broker), "the broker " + broker + " is not allowed",
                        "leave brokers out, or have the host added to hub.routes.hosts");
            }
        }
    }

    private void unknown(Yaml where, String name) {
        Finding finding = where.finding("nothing is known of {{" + name + "}}", allowance.complete()
                ? "set " + name + " where the hub is configured, or correct the name"
                : "the hub will tell; here it can be given with --property " + name + "=VALUE");
        findings.add(allowance.complete() || !name.endsWith(".url") && !name.startsWith("routes.") ? finding
                : finding.asNote());
    }

    private void require(Yaml where, boolean holds, String problem, String change) {
        if (!holds) {
            findings.add(where.finding(problem, change));
        }
    }
}
