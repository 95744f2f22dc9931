package edits;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ledger.Actor;
import ledger.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.Problem;

/**
 * A folder whose route files are applied as they change, for GitOps: a mounted ConfigMap, or files that are renamed into
 * place. What it holds comes beside the files as shipped, or in their place by name. A state is taken when two looks have
 * found it the same, so that a half-written file is not; what can't be applied is said once, in the log, and in health.
 */
final class WatchedFolder {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFolder.class);
    private static final Actor ACTOR = new Actor("folder", "local");

    private final Path folder;
    private final Editing editing;
    private final RevisionRows rows;
    private final Audit audit;
    private List<RouteFile> seen;
    private List<RouteFile> taken;
    private volatile String trouble;

    /** @param folder null for none */
    WatchedFolder(Path folder, Editing editing, RevisionRows rows, Audit audit) {
        this.rows = rows;
        this.audit = audit;
        this.folder = folder;
        this.editing = editing;
    }

    /** Why its last state was not taken; null when it was. */
    String trouble() {
        return trouble;
    }

    void look() {
        if (folder == null) {
            return;
        }
        List<RouteFile> now;
        try {
            now = read();
        } catch (IOException | IllegalArgumentException e) {
            said("the folder " + folder + " can't be read: " + e.getMessage());
            return;
        }
        boolean same = now.equals(seen);
        seen = now;
        if (same && !now.equals(taken)) {
            take(now);
        }
    }

    private void take(List<RouteFile> now) {
        try {
            List<RouteFile> files = Proposal.with(editing.base(), now);
            if (!files.equals(editing.running().files()) && !wasTaken(files)) {
                editing.apply(ACTOR, "apply", "the folder " + folder + " changed", null, running -> files);
            }
            taken = now;
            trouble = null;
        } catch (Problem e) {
            if (e.status() == 409) {
                // Someone else edits; the next look tries again.
                return;
            }
            audit.add(ACTOR, "apply", "routes", "refused: " + e.getMessage());
            taken = now;
            said(e.getMessage());
        }
    }

    /** Before this hub started. What was put in force since then by other ways stays. */
    private boolean wasTaken(List<RouteFile> files) {
        return taken == null && rows.lastOf(ACTOR.name()).filter(last -> last.files().equals(files)).isPresent();
    }

    private void said(String what) {
        if (!what.equals(trouble)) {
            LOG.error("the route files of {} are not taken, what runs goes on: {}", folder, what);
        }
        trouble = what;
    }

    private List<RouteFile> read() throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.list(folder)) {
            // A ConfigMap's own folders begin with two dots.
            paths = all.filter(path -> path.getFileName().toString().matches("[^.].*\\.yaml") && Files.isRegularFile(path))
                    .sorted().toList();
        }
        List<RouteFile> files = new ArrayList<>();
        for (Path path : paths) {
            try (InputStream in = Files.newInputStream(path)) {
                files.add(new RouteFile(path.getFileName().toString(),
                        new String(in.readNBytes(YamlReading.LARGEST + 1), StandardCharsets.UTF_8)));
            }
        }
        return files;
    }
}
