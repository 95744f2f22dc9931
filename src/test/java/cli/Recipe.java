package cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import testbed.Diversion;

/** A recipe of {@code docs/operating.md}, done as it stands there: its lines put into the files, its commands run. */
final class Recipe {

    private static final Path PAGE = Path.of("docs", "operating.md");
    private static final Pattern BLOCK = Pattern.compile("```(yaml|sh)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern OWN_FILE = Pattern.compile("# (\\S+\\.yaml)\\n(.*)", Pattern.DOTALL);
    private static final Pattern NAMED = Pattern.compile("`([a-z-]+)`");
    private static final Pattern OPTION = Pattern.compile("\\s+parameters:\\n\\s+(.*)\\n");
    private static final Pattern ID = Pattern.compile("- route:\\n    id: (\\S+)\\n");

    private final String text;
    private final Path folder;
    private final String url;
    private final StringWriter said = new StringWriter();

    private Recipe(String text, Path folder, String url) {
        this.text = text;
        this.folder = folder;
        this.url = url;
    }

    /** @param folder where its files are to lie */
    static Recipe of(String title, Path folder, String url) throws IOException {
        Matcher section = Pattern.compile("(?ms)^### " + Pattern.quote(title) + "$(.*?)(?=^##)").matcher(Files.readString(PAGE));
        assertThat(section.find()).as(title + " in " + PAGE).isTrue();
        return new Recipe(section.group(1), folder, url);
    }

    /** All recipes' titles. */
    static List<String> titles() throws IOException {
        return Pattern.compile("(?m)^### (.*)$").matcher(Files.readString(PAGE)).results().map(each -> each.group(1)).toList();
    }

    /** @return what the commands printed */
    String done(String token) throws IOException {
        StringWriter shown = new StringWriter();
        assertThat(Routes.run(new String[] {"show", "routes.yaml", "--url", url}, token, new PrintWriter(shown),
                new PrintWriter(said))).as(said.toString()).isZero();
        Files.writeString(folder.resolve("routes.yaml"), shown.toString());
        int commands = 0;
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals("yaml")) {
                Matcher option = OPTION.matcher(block.group(2));
                if (option.matches()) {
                    String[] paragraphs = text.substring(0, block.start()).split("\n\n");
                    give(option.group(1), paragraphs[paragraphs.length - 1]);
                } else {
                    write(block.group(2));
                }
                continue;
            }
            for (String line : block.group(2).lines().toList()) {
                run(line, token);
                commands++;
            }
        }
        assertThat(commands).isPositive();
        return said.toString();
    }

    /** An option more, to each route that the paragraph before names. */
    private void give(String option, String paragraph) throws IOException {
        Path file = folder.resolve("routes.yaml");
        String routes = Files.readString(file);
        List<String> ids = NAMED.matcher(paragraph).results().map(each -> each.group(1)).toList();
        assertThat(ids).as(paragraph).isNotEmpty();
        for (String id : ids) {
            routes = Diversion.withOption(routes, id, option);
        }
        Files.writeString(file, routes);
    }

    /** A file of its own, or a route in the place of the one of its id. */
    private void write(String lines) throws IOException {
        Matcher own = OWN_FILE.matcher(lines);
        if (own.matches()) {
            Files.writeString(folder.resolve(own.group(1)), own.group(2));
            return;
        }
        Matcher id = ID.matcher(lines);
        assertThat(id.lookingAt()).as(lines).isTrue();
        Path file = folder.resolve("routes.yaml");
        Matcher old = Pattern.compile("- route:\\n    id: " + id.group(1) + "\\n(?: .*\\n)*").matcher(Files.readString(file));
        assertThat(old.find()).as("the route " + id.group(1)).isTrue();
        Files.writeString(file, old.replaceFirst(Matcher.quoteReplacement(lines)));
    }

    private void run(String line, String token) throws IOException {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        if (words.get(0).equals("cp")) {
            Files.copy(Path.of(words.get(1)), folder.resolve(words.get(2)));
            return;
        }
        assertThat(words.subList(0, 2)).as(line).containsExactly("./hub", "routes");
        List<String> arguments = new ArrayList<>(words.subList(2, words.size()).stream()
                .map(each -> each.endsWith(".yaml") ? folder.resolve(each).toString() : each).toList());
        arguments.addAll(List.of("--url", url));
        PrintWriter out = new PrintWriter(said, true);
        assertThat(Routes.run(arguments.toArray(String[]::new), token, out, out)).as(line + "\n" + said).isZero();
    }
}
