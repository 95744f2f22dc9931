package edits;

import edits.rules.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an edit would change, before it is applied.
 *
 * @param passed      whether the edit may be applied
 * @param findings    what is wrong with it, and what only the running hub can tell
 * @param differences by route, to the files that it is compared with; none when it did not pass
 * @param tried       what the routes that it adds or changes did with a sample
 */
public record EditReport(boolean passed, List<Finding> findings, List<Difference> differences,
                     List<Tried> tried) {

    /** The same with its findings and the words of its differences in one language. */
    EditReport in(Locale language) {
        return new EditReport(passed, findings.stream().map(finding -> finding.in(language)).toList(),
                differences.stream().map(difference -> difference.in(language)).toList(), tried);
    }

    /** The same, with further findings that can't be known from the files. */
    EditReport with(List<Finding> notes) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(notes);
        return new EditReport(passed, all, differences, tried);
    }

    /**
     * @param failure why the route can't run; null when it can
     * @param steps   what the sample did on its way, or why no sample was sent
     */
    public record Tried(String route, String failure, List<String> steps) {
    }
}
