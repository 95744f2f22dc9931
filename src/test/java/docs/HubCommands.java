package docs;

import bench.Bench;
import chaos.Chaos;
import cli.Routes;
import demo.Demo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code ./hub} and its commands take: from the launcher's own usage, and from the commands that it starts. */
final class HubCommands {

    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|\\S+");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");
    private static final Pattern COMMAND = Pattern.compile("(?m)^  \\./hub ([a-z]+)");

    private final String usage = said("help");
    private final Set<String> ofServe = options(said("serve", "--help"));
    private final Map<String, CommandSpec> programs = Map.of("demo", CommandSpec.forAnnotatedObject(Demo.class), "chaos",
            CommandSpec.forAnnotatedObject(Chaos.class), "bench", CommandSpec.forAnnotatedObject(Bench.class), "routes",
            CommandSpec.forAnnotatedObject(Routes.class));
    private final Set<String> commands = COMMAND.matcher(usage).results().map(command -> command.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

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
        if (!commands.contains(command)) {
            return List.of("no command " + command);
        }
        CommandSpec program = programs.get(command);
        if (command.equals("routes") && !words.isEmpty() && !words.get(0).startsWith("-")) {
            String sub = words.remove(0);
            if (!program.subcommands().containsKey(sub)) {
                return List.of("no command routes " + sub);
            }
            program = program.subcommands().get(sub).getCommandSpec();
        }
        Set<String> known = program != null ? program.optionsMap().keySet() : command.equals("serve") ? ofServe
                : options(usage);
        List<String> named = new ArrayList<>(words.stream().filter(word -> word.startsWith("--")).toList());
        named.addAll(comment < 0 ? Set.of() : options(line.substring(comment)));
        return named.stream().map(option -> option.replaceFirst("=.*", ""))
                .filter(option -> !known.contains(option) && !option.equals("--help") && !isProperty(option))
                .map(option -> command + " takes no " + option).toList();
    }

    /** Whether some command takes it. */
    boolean isKnown(String option) {
        return isProperty(option) || options(usage).contains(option) || ofServe.contains(option)
                || programs.values().stream().anyMatch(program -> program.optionsMap().containsKey(option)
                        || program.subcommands().values().stream()
                                .anyMatch(sub -> sub.getCommandSpec().optionsMap().containsKey(option)));
    }

    /** A Spring property, which {@code serve} hands on. */
    private static boolean isProperty(String option) {
        return option.contains(".");
    }

    private static Set<String> options(String text) {
        Matcher option = OPTION.matcher(text);
        return option.results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
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
