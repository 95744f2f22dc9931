package it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import testbed.SharedHub;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The clients that OpenAPI Generator makes of the contract, as the neighbours' developers make them: they compile in
 * TypeScript's strict mode, and what they say the hub takes. The generator is a process: in the tests' class path its
 * libraries would take the place of the hub's.
 */
class GeneratedClientIT {

    /** Put there by Maven, see pom.xml. */
    private static final Path GENERATOR = Path.of("target", "tools", "openapi-generator-cli.jar");
    private static final Path WORK = Path.of("target", "clients");
    private static final String COMPILER = "typescript@5.9.3";

    @BeforeAll
    static void theCompilerIsThere() throws Exception {
        assumeTrue("true".equals(System.getenv("CI")) || isInstalled("node") && isInstalled("npm"),
                "needs node and npm; on Debian: apt-get install nodejs npm");
        Files.createDirectories(WORK);
        if (!Files.exists(WORK.resolve("node_modules"))) {
            run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", WORK.toString(), COMPILER);
        }
        generate("openapi");
        generate("neighbours");
    }

    @Test
    void aClientOfTheHubCompilesAndTheHubUnderstandsIt() throws Exception {
        Files.copy(Path.of("src", "test", "resources", "clients", "calls.ts"), WORK.resolve("calls.ts"),
                StandardCopyOption.REPLACE_EXISTING);
        // Node's own names, of which this is the only one used, come with another package.
        Files.writeString(WORK.resolve("node.d.ts"), "declare const process: {argv: string[], exit(code: number): never};\n");
        compile("calls.ts", "node.d.ts");

        SharedHub bed = SharedHub.shared();
        String order = "generated-" + UUID.randomUUID();
        String store = "store-" + order;
        JsonNode said = new JsonMapper().readTree(run("node", WORK.resolve("out").resolve("calls.js").toString(),
                bed.client().url(), SharedHub.SHOP, SharedHub.OPERATOR, order, store));

        assertThat(said.get("state").asString()).isEqualTo("CONFIRMED");
        assertThat(Instant.parse(said.get("readyAt").asString())).isAfter(Instant.now());
        assertThat(said.get("deliveredAt").isNull()).as("an order that is fetched has no time of delivery").isTrue();
        assertThat(said.get("awaitsPayment").asBoolean()).isTrue();
        assertThat(said.get("found").get(0).asString()).isEqualTo(order);
        assertThat(said.get("parked").asInt()).isZero();
        assertThat(said.get("routes").asInt()).isPositive();
        assertThat(said.get("cancelled").asString()).isEqualTo("CANCELLED");
        assertThat(said.get("again").asString()).isEqualTo("CANCELLED");
        assertThat(said.get("refused").asString()).isEqualTo("urn:lucky-hub:problem:no-such-order");
        assertThat(bed.client().order(order).get("cancel").get("reason").asString()).isEqualTo("ordered twice");
    }

    @Test
    void aClientOfTheNeighboursCompiles() throws Exception {
        compile("neighbours/index.ts");
    }

    private static void generate(String document) throws Exception {
        assertThat(GENERATOR).as("run mvn pre-integration-test first").exists();
        run(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", GENERATOR.toString(), "generate",
                "-g", "typescript-fetch", "-i", "src/main/resources/contract/" + document + ".yaml",
                "-o", WORK.resolve(document).toString());
    }

    private static void compile(String... files) throws Exception {
        String[] command = {"node", WORK.resolve("node_modules/typescript/bin/tsc").toString(), "--strict",
                "--target", "es2022", "--lib", "es2022,dom", "--module", "commonjs", "--moduleResolution", "node10",
                "--outDir", WORK.resolve("out").toString()};
        List<String> all = new ArrayList<>(List.of(command));
        Arrays.stream(files).map(file -> WORK.resolve(file).toString()).forEach(all::add);
        run(all.toArray(String[]::new));
    }

    /** @return what it printed */
    private static String run(String... command) throws IOException, InterruptedException {
        File said = Files.createTempFile(WORK, "said", ".txt").toFile();
        File complained = Files.createTempFile(WORK, "complained", ".txt").toFile();
        Process process = new ProcessBuilder(command).redirectOutput(said).redirectError(complained).start();
        try {
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            String text = Files.readString(said.toPath());
            assertThat(ended && process.exitValue() == 0).as("%s%n%s%n%s", String.join(" ", command), text,
                    Files.readString(complained.toPath())).isTrue();
            return text;
        } finally {
            process.destroyForcibly();
            Files.delete(said.toPath());
            Files.delete(complained.toPath());
        }
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, program).canExecute());
    }
}
