package chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs mutants and reports whether the check notices each: this shows that the check can fail. */
final class MutantHunt {

    /** Long enough for every kind of fault. */
    private static final Duration FAULTS = Duration.ofSeconds(30);

    private final MutantBuilder builder;
    private final Path directory;
    private final long seed;
    private final double rate;
    private final Consumer<String> log;

    /** The result of one mutant. @param error why it could not be run; null when it was */
    private record Finding(Mutant mutant, Map<Violation.Kind, Long> caughtBy, String error) {

        boolean good() {
            return error == null && (mutant == Mutant.NONE) == caughtBy.isEmpty();
        }

        String text() {
            return error != null ? "NOT RUN: " + error
                    : mutant == Mutant.NONE ? caughtBy.isEmpty() ? "not noticed, as it should be" : "NOTICED: " + caughtBy
                    : caughtBy.isEmpty() ? "SURVIVED" : "caught by " + caughtBy;
        }
    }

    MutantHunt(MutantBuilder builder, Path directory, long seed, double rate, Consumer<String> log) {
        this.builder = builder;
        this.directory = directory;
        this.seed = seed;
        this.rate = rate;
        this.log = log;
    }

    /** @return whether each mutant was noticed, and the hub without a mistake was not */
    boolean run(List<Mutant> mutants) {
        List<Finding> findings = new ArrayList<>();
        for (Mutant mutant : mutants) {
            log.accept("Mutant " + mutant.name() + ": " + mutant.mistake());
            Finding finding = tryOut(mutant);
            findings.add(finding);
            log.accept("Mutant " + mutant.name() + ": " + finding.text());
        }
        System.out.println();
        findings.forEach(finding -> System.out.printf("%-32s %-90s %s%n", finding.mutant().name(),
                finding.mutant().mistake(), finding.text()));
        return findings.stream().allMatch(Finding::good);
    }

    private Finding tryOut(Mutant mutant) {
        try {
            Path classes = builder.make(mutant);
            ChaosPlan plan = new ChaosPlan(directory.resolve(mutant.name()), classes, FAULTS, seed, rate, mutant.faults(),
                    mutant.nemeses());
            return new Finding(mutant, new ChaosRun(plan, line -> log.accept("  " + line)).execute().violations().stream()
                    .collect(Collectors.groupingBy(Violation::kind, TreeMap::new, Collectors.counting())), null);
        } catch (IllegalStateException e) {
            return new Finding(mutant, Map.of(), e.getMessage());
        }
    }
}
