package edits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder that changes as Kubernetes changes a ConfigMap: its files are links through {@code ..data}, put in place at once. */
final class ConfigMapFolder {

    private ConfigMapFolder() {
    }

    static void swap(Path folder, String version, String text) throws IOException {
        Path data = Files.createDirectory(folder.resolve(".." + version));
        Files.writeString(data.resolve("routes.yaml"), text);
        Files.createSymbolicLink(folder.resolve("..data_tmp"), data.getFileName());
        Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        if (!Files.exists(folder.resolve("routes.yaml"))) {
            Files.createSymbolicLink(folder.resolve("routes.yaml"), Path.of("..data", "routes.yaml"));
        }
    }
}
