package chaos;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.springframework.util.FileSystemUtils;

/** Builds mutants: copies the hub's sources, applies the mistake and compiles them. */
final class MutantBuilder {

    private final Path sources;
    private final Path mutants;

    /**
     * @param sources the hub's {@code src/main}
     * @param mutants directory in which each mutant gets one of its own
     */
    MutantBuilder(Path sources, Path mutants) {
        this.sources = sources;
        this.mutants = mutants;
    }

    /** Builds a mutant. @return the directory of its classes and resources */
    Path make(Mutant mutant) {
        Path copy = copy(mutant);
        Path classes = copy.resolveSibling("classes");
        try {
            FileSystemUtils.copyRecursively(copy.resolve("resources"), classes);
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy the resources of " + mutant.name(), e);
        }
        compile(mutant, copy.resolve("java"), classes);
        return classes;
    }

    /** Copies the sources and applies the mistake. @return the directory of the copy */
    Path copy(Mutant mutant) {
        Path copy = mutants.resolve(mutant.name()).resolve("src");
        try {
            FileSystemUtils.deleteRecursively(copy.getParent());
            FileSystemUtils.copyRecursively(sources, copy);
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy the sources for " + mutant.name(), e);
        }
        mutant.edits().forEach(edit -> edit.applyTo(copy));
        return copy;
    }

    private static void compile(Mutant mutant, Path sources, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("mutants need a JDK; this is a JRE: " + System.getProperty("java.home"));
        }
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
             Stream<Path> all = Files.walk(sources)) {
            List<Path> java = all.filter(file -> file.toString().endsWith(".java")).toList();
            boolean compiled = compiler.getTask(said, files, null,
                    List.of("-d", classes.toString(), "-parameters", "-proc:none", "-nowarn", "-cp",
                            System.getProperty("java.class.path")), null, files.getJavaFileObjectsFromPaths(java)).call();
            if (!compiled) {
                throw new IllegalStateException("the mutant " + mutant.name() + " doesn't compile:\n" + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't compile " + mutant.name(), e);
        }
    }
}
