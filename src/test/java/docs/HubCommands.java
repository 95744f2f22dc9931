package docs;

import bench.Bench;
import chaos.Chaos;
import cli.RoutesUsage;
import demo.Demo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** The commands of {@code ./hub} and their options, from the launcher's own usage and from the programs that it starts. */
final class HubCommands {

    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|\\S+");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");
    private static final Pattern COMMAND = Pattern.compile("(?m)^  (?:\\./hub )?([a-z]+)\\b");

    /** Options by command, as in {@code routes apply}. */
    private final Map<String, Set<String>> known = new TreeMap<>();

    HubCommands() {
        String usage = said("help");
        all(COMMAND, usage).forEach(command -> known.put(command, all(OPTION, usage)));
        known.put("serve", all(OPTION, said("serve", "--help")));
        Map.of("demo", Demo.class, "chaos", Chaos.class, "bench", Bench.class).forEach((command, program) ->
                known.put(command, CommandSpec.forAnnotatedObject(program).optionsMap().keySet()));
        String routes = RoutesUsage.of();
        known.put("routes", all(OPTION, routes));
        all(COMMAND, routes.substring(routes.indexOf("Commands:"))).forEach(command ->
                known.put("routes " + command, all(OPTION, RoutesUsage.of(command))));
    }

    /**
     * @param line as in {@code ./hub routes list # what runs}
     * @return what of it does not exist, in words
     */
    List<String> unknown(String line) {
        int comment = line.indexOf(" #");
        List<String> words = WORD.matcher(comment < 0 ? line : line.substring(0, comment)).results()
                .map(MatchResult::group).collect(Collectors.toCollection(ArrayList::new));
        words.subList(0, words.indexOf("./hub") + 1).clear();
        String command = words.isEmpty() ? "help" : words.remove(0);
        if (command.equals("routes") && !words.isEmpty() && !words.get(0).startsWith("-")) {
            command += " " + words.remove(0);
        }
        if (!known.containsKey(command)) {
            return List.of("./hub has no command " + command);
        }
        Set<String> options = known.get(command);
        String name = command;
        return Stream.concat(words.stream(), comment < 0 ? Stream.of() : all(OPTION, line.substring(comment)).stream())
                .filter(word -> word.startsWith("--")).map(option -> option.replaceFirst("=.*", ""))
                .filter(option -> !options.contains(option) && !option.equals("--help") && !isProperty(option))
                .map(option -> "./hub " + name + " takes no " + option).toList();
    }

    /** Whether some command takes it. */
    boolean isOption(String option) {
        return isProperty(option) || known.values().stream().anyMatch(options -> options.contains(option));
    }

    /** A Spring property, which {@code serve} hands on. */
    private static boolean isProperty(String option) {
        return option.contains(".");
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(found.groupCount()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String said(String... arguments) {
        List<String> line = new ArrayList<>(List.of("./hub"));
        line.addAll(List.of(arguments));
        try {
            Process hub = new ProcessBuilder(line).redirectErrorStream(true).start();
            return new String(hub.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
