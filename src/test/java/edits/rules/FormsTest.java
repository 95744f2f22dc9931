package edits.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import hub.Hub;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * No value of a file or a request takes a pattern's stack, however long it is: the patterns of all packages that read such.
 */
class FormsTest {

    private static final int LENGTH = 100_000;
    /** What repeats in some pattern. */
    private static final List<String> UNITS = List.of("a", "-a", "/a", ",a", ",a:1", ".a", "1s", "1", "/{a}", "{{a", "{{a}}",
            "→a ",
            "*", " ", ";", "\t", "a/", "Ab", "%", "☕");
    private static final List<String> BEGINNINGS = List.of("", "a", "get:a", "a:1", "{{barista.url}}", "http://a", "a→b c",
            "application/json", "{{pull.a");

    @TestFactory
    Stream<DynamicTest> noPatternNeedsMoreStackForMore() throws ReflectiveOperationException {
        Map<String, Consumer<String>> patterns = patterns();
        assertThat(patterns).as("those that were found").hasSizeGreaterThan(20);
        return patterns.entrySet().stream().map(each -> DynamicTest.dynamicTest(each.getKey(), () -> texts().forEach(text ->
                Assertions.assertDoesNotThrow(() -> onASmallStack(() -> each.getValue().accept(text)),
                        () -> text.substring(0, 40)))));
    }

    @Test
    void aFormTakesWhatIsAsLongAsItMayBe() {
        assertThat(OptionValue.WORDS.fits("a".repeat(100) + (",a" + "b".repeat(99)).repeat(48))).isTrue();
        assertThat(OptionValue.DURATION.fits("1h30m15s")).isTrue();
        assertThat(OptionValue.DURATION.fits("1500ms")).isTrue();
        assertThat(OptionValue.BROKERS.fits("kafka-1.example:9092,kafka-2.example:9092")).isTrue();
        assertThat(OptionValue.CRON.fits("0/30 * * * * ?")).isTrue();
    }

    private static Map<String, Consumer<String>> patterns() throws ReflectiveOperationException {
        Map<String, Consumer<String>> all = new TreeMap<>();
        for (JavaClass each : new ClassFileImporter().importUrl(Hub.class.getProtectionDomain().getCodeSource()
                .getLocation())) {
            if (List.of("edits", "routes", "contract").contains(each.getPackageName().split("\\.")[0])) {
                for (Field field : Class.forName(each.getName()).getDeclaredFields()) {
                    if (Modifier.isStatic(field.getModifiers()) && List.of(Pattern.class, Form.class)
                            .contains(field.getType())) {
                        field.setAccessible(true);
                        Object value = field.get(null);
                        String name = each.getSimpleName() + "." + field.getName();
                        if (value instanceof Form) {
                            Form form = (Form) value;
                            all.put(name, text -> form.fits(text));
                            // Also without the bound on its length.
                            all.put(name + " alone", text -> form.pattern().matcher(text).matches());
                        } else {
                            all.put(name, text -> ((Pattern) value).matcher(text).find());
                        }
                    }
                }
            }
        }
        for (OptionValue kind : OptionValue.values()) {
            all.put("Kind." + kind, kind::fits);
        }
        all.put("Check.id", text -> Assertions.assertThrows(IllegalArgumentException.class, () -> contract.Bounds.id("x",
                text)));
        return all;
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        BEGINNINGS.forEach(begin -> UNITS.forEach(unit -> texts.add(begin + unit.repeat(LENGTH / unit.length()))));
        return texts;
    }

    private static void onASmallStack(Runnable work) throws Throwable {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(null, () -> {
            try {
                Assertions.assertTimeout(Duration.ofSeconds(5), work::run);
            } catch (Throwable e) {
                failure[0] = e;
            }
        }, "small", 160 * 1024);
        thread.start();
        thread.join();
        if (failure[0] != null) {
            throw failure[0];
        }
    }
}
