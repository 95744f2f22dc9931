package architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import hub.Hub;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The rooms of {@code architecture/rooms.yaml}: which there are, which other rooms each of them uses, and which of its types
 * are public.
 */
class RoomsTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(Hub.class.getProtectionDomain().getCodeSource().getLocation());

    private static final Map<String, Map<String, List<String>>> ROOMS = read();

    /** Camel makes the four of an endpoint from each other, so that they have to know each other. */
    private static final List<Class<?>> OF_CAMEL =
            List.of(Component.class, Endpoint.class, Producer.class, Consumer.class);

    @Test
    void everyClassIsInARoomThatIsListed() {
        Set<String> found = MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

        assertThat(found).isEqualTo(ROOMS.keySet());
    }

    /** What is listed and not used, as well, is a mistake: the list is what a reader goes by. */
    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomUsesTheRoomsThatAreListedForIt(String room) {
        Set<String> used = MAIN.stream().filter(type -> type.getPackageName().equals(room))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .filter(other -> ROOMS.containsKey(other) && !other.equals(room))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).isEqualTo(new TreeSet<>(ROOMS.get(room).get("uses")));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void thePublicTypesOfARoomAreThoseThatAreListedForIt(String room) {
        Set<String> open = MAIN.stream().filter(type -> type.getPackageName().equals(room) && type.isTopLevelClass()
                && type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName).collect(Collectors.toCollection(TreeSet::new));

        assertThat(open).isEqualTo(new TreeSet<>(ROOMS.get(room).get("public")));
    }

    @Test
    void noRoomsUseEachOtherInACircle() {
        SlicesRuleDefinition.slices().matching("(**)").should().beFreeOfCycles().check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void noClassesOfARoomUseEachOtherInACircle(String room) {
        SlicesRuleDefinition.slices().assignedFrom(byTopLevelClass()).should().beFreeOfCycles()
                .check(MAIN.that(areIn(room)));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomSaysWhatBelongsInIt(String room) throws Exception {
        Path info = Path.of("src/main/java", room.replace('.', '/'), "package-info.java");

        assertThat(Files.readString(info)).as("%s", info).matches("(?s)/\\*\\*\n \\* [A-Z].{120,}\\*/\npackage .*");
    }

    private static DescribedPredicate<JavaClass> areIn(String room) {
        return resideInAPackage(room).and(DescribedPredicate.describe("are none of Camel's four",
                type -> OF_CAMEL.stream().noneMatch(topLevel(type)::isAssignableTo)));
    }

    private static JavaClass topLevel(JavaClass type) {
        return type.getEnclosingClass().map(RoomsTest::topLevel).orElse(type);
    }

    private static SliceAssignment byTopLevelClass() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(topLevel(type).getSimpleName());
            }

            @Override
            public String getDescription() {
                return "top-level classes";
            }
        };
    }

    private static Stream<String> rooms() {
        return ROOMS.keySet().stream();
    }

    private static Map<String, Map<String, List<String>>> read() {
        try (InputStream rooms = RoomsTest.class.getResourceAsStream("rooms.yaml")) {
            Map<String, Map<String, List<String>>> read = new Yaml().load(rooms);
            return new TreeMap<>(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
