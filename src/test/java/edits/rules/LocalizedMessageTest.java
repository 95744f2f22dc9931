package edits.rules;

import static edits.rules.LocalizedMessage.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a route edit, in both languages. */
class LocalizedMessageTest {

    private static final Path CODE = Path.of("src", "main", "java", "edits");
    private static final Pattern ARGUMENT = Pattern.compile("%(?:(\\d)\\$)?s");

    @Test
    void everyMessageHasAChineseForm() throws IOException {
        Set<String> formats = new TreeSet<>(inTheCode());
        Arrays.stream(OptionValue.values()).map(value -> value.inWords().format()).forEach(formats::add);
        Arrays.stream(OptionPlace.values()).flatMap(place -> RouteOptions.of(place).keySet().stream())
                .map(option -> RouteOptions.sentence(option, "", "").format()).forEach(formats::add);

        assertThat(LocalizedMessage.chinese().keySet()).containsExactlyInAnyOrderElementsOf(formats);
    }

    @ParameterizedTest
    @MethodSource("chinese")
    void bothFormsHaveTheSameArguments(Map.Entry<String, String> message) {
        assertThat(arguments(message.getValue())).isEqualTo(arguments(message.getKey()));
    }

    @Test
    void aMessageIsSaidInTheLanguageThatIsAskedFor() {
        LocalizedMessage message = message("%s %s is taken by %s in %s", message("the path"), "get:menu", "menu", "menu.yaml");

        assertThat(message.in(Locale.ENGLISH)).isEqualTo("the path get:menu is taken by menu in menu.yaml");
        assertThat(message.in(Locale.FRENCH)).isEqualTo(message.toString()).isEqualTo(message.in(Locale.ENGLISH));
        assertThat(message.in(Locale.SIMPLIFIED_CHINESE)).isEqualTo("路径 get:menu 已被 menu.yaml 中的 menu 使用");
    }

    @Test
    void aFindingQuotesNoMoreThanAPersonReads() {
        Finding finding = Finding.ofFile("routes.yaml", message("'%s' is no topic", "x".repeat(100_000)), message("correct it"));

        assertThat(finding.in(Locale.CHINESE).problem().toString()).hasSize(500);
        assertThat(finding.inWords()).hasSizeLessThan(600);
    }

    static Stream<Map.Entry<String, String>> chinese() {
        return LocalizedMessage.chinese().entrySet().stream();
    }

    private static List<String> arguments(String format) {
        int[] next = {0};
        return ARGUMENT.matcher(format).results().map((MatchResult argument) -> argument.group(1) == null
                ? String.valueOf(++next[0]) : argument.group(1)).sorted().toList();
    }

    /** The first argument of each call of {@code message}, which has to be a constant. */
    private static Set<String> inTheCode() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(CODE)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
                    files.getJavaFileObjectsFromPaths(sources.filter(path -> path.toString().endsWith(".java")).toList()));
            Set<String> formats = new TreeSet<>();
            for (CompilationUnitTree unit : task.parse()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                        if (call.getMethodSelect() instanceof IdentifierTree method && method.getName().contentEquals("message")) {
                            formats.add(constant(call.getArguments().get(0)));
                        }
                        return super.visitMethodInvocation(call, nothing);
                    }
                }.scan(unit, null);
            }
            return formats;
        }
    }

    private static String constant(ExpressionTree format) {
        if (format instanceof LiteralTree literal) {
            return (String) literal.getValue();
        }
        if (format instanceof BinaryTree sum) {
            return constant(sum.getLeftOperand()) + constant(sum.getRightOperand());
        }
        if (format instanceof MemberSelectTree constant && constant.getIdentifier().contentEquals("READS_AGAIN")) {
            return RouteOptions.READS_AGAIN;
        }
        throw new AssertionError("the format of a message must be a constant, and is " + format);
    }
}
