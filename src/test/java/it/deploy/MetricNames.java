package it.deploy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of metrics that a PromQL expression asks for. */
final class MetricNames {

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "by", "without", "on", "ignoring", "bool",
            "group_left", "group_right", "inf", "nan");

    /** What stands in quotes, what selects series, durations, and lists of labels name no metric. */
    private static final List<Pattern> NO_METRICS = List.of(Pattern.compile("\"[^\"]*\""), Pattern.compile("\\{[^}]*}"),
            Pattern.compile("\\[[^]]*]"), Pattern.compile("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)"),
            Pattern.compile("\\boffset\\s+\\S+"));

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\(|[a-zA-Z0-9_:])");

    private MetricNames() {
    }

    static Set<String> in(String expression) {
        String rest = expression;
        for (Pattern other : NO_METRICS) {
            rest = other.matcher(rest).replaceAll(" ");
        }
        Set<String> names = new TreeSet<>();
        for (Matcher name = NAME.matcher(rest); name.find();) {
            if (!WORDS.contains(name.group())) {
                names.add(name.group());
            }
        }
        return names;
    }
}
