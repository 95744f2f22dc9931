package testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Route files edited as text, as ops do it, so that some stores' orders go to another system of a neighbour. */
public final class Diversion {

    /** What goes to the barista, but for the estimate at confirmation. */
    public static final List<String> BARISTA = List.of("push-order", "pull-unaccepted", "make-eta", "pull-making",
            "cancel-making", "pull-cancel-making");
    public static final List<String> DISPATCH = List.of("dispatch-eta", "push-dispatch", "pull-made", "pull-express",
            "cancel-dispatch", "pull-cancel-dispatch");

    private Diversion() {
    }

    /** @param stores ids with commas between them @return the file, in which these arrows leave the stores out */
    public static String leavingOut(String routes, String stores, List<String> arrows) {
        String edited = routes;
        for (String arrow : arrows) {
            edited = withOption(edited, arrow, "exceptStore: " + stores);
        }
        return edited;
    }

    /** @return a file that has a route like each of these arrows, for these stores alone, named {@code ARROW-other} */
    public static String takingUp(String routes, String stores, List<String> arrows) {
        return arrows.stream().map(arrow -> withOption(route(routes, arrow), arrow, "store: " + stores)
                        .replace("    id: " + arrow + "\n", "    id: " + arrow + "-other\n"))
                .collect(Collectors.joining("\n"));
    }

    /** @return the file, in which the route begins with one option more */
    public static String withOption(String routes, String id, String option) {
        String then = route(routes, id);
        String parameters = "\n      parameters:\n";
        String now = then.contains(parameters) ? then.replaceFirst(parameters, parameters + "        " + option + "\n")
                : then.replaceFirst("\n      uri: .*\n", "$0      parameters:\n        " + option + "\n");
        return routes.replace(then, now);
    }

    private static String route(String routes, String id) {
        Matcher route = Pattern.compile("- route:\n    id: " + Pattern.quote(id) + "\n(?: .*\n)*").matcher(routes + "\n");
        assertThat(route.find()).as("the route " + id).isTrue();
        return route.group();
    }
}
