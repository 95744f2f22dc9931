package it.arrows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import testbed.ShippedRoutes;

class RouteEditsTest {

    @Test
    void everyArrowIsEditedBySomeTest() {
        List<String> edited = Stream
                .of(RouteEditsOfCallsIT.class, RouteEditsOfTopicsIT.class, RouteEditsOfPathsIT.class,
                        RouteEditsOfPullsIT.class)
                .flatMap(tests -> Arrays.stream(tests.getDeclaredMethods()))
                .flatMap(test -> Arrays.stream(test.getAnnotationsByType(Tag.class))).map(Tag::value).toList();

        assertThat(edited).containsAll(ShippedRoutes.ids());
    }
}
