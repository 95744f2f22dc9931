package edits;

import edits.rules.RouteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import ledger.Actor;
import ledger.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A folder whose route files are applied as they change, for GitOps: a mounted ConfigMap, or files that are renamed into
 * place. Its files come beside the files as shipped, or take the place of those of the same name. A state of the folder is
 * applied when two looks in a row have found it the same, so that a half-written file is not taken. A state that can't be
 * applied is logged once, and named in the hub's health. {@code loyalty.yml} is taken as {@code loyalty.yaml}. Orders that
 * are owed over an arrow which is taken out this way are kept, as there is no one to ask.
 */
final class WatchedFolder {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFolder.class);
    private static final Actor ACTOR = new Actor("folder", "local");
    /** A failure that says nothing of the files: the next look tries again. */
    private static final Set<EditRefused.Reason> LATER =
            EnumSet.of(EditRefused.Reason.EDIT_UNDERWAY, EditRefused.Reason.NOT_IN_FORCE);

    private final Path folder;
    private final RouteEditor editor;
    private final RevisionFollower follower;
    private final RevisionRows rows;
    private final Audit audit;
    private List<RouteFile> seen;
    private List<RouteFile> taken;
    private volatile String unreadable;
    private volatile String trouble;

    /** @param folder null for none */
    WatchedFolder(Path folder, RouteEditor editor, RevisionFollower follower, RevisionRows rows, Audit audit) {
        this.folder = folder;
        this.editor = editor;
        this.follower = follower;
        this.rows = rows;
        this.audit = audit;
    }

    /** Why the last state of the folder was not applied; null when it was. */
    String trouble() {
        return unreadable != null ? unreadable : trouble;
    }

    void look() {
        if (folder == null) {
            return;
        }
        List<RouteFile> now;
        try {
            now = read();
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            unreadable = said(unreadable, "the folder " + folder + " can't be read: " + e.getMessage());
            return;
        }
        unreadable = null;
        boolean same = now.equals(seen);
        seen = now;
        if (same && !now.equals(taken)) {
            take(now);
        }
    }

    private void take(List<RouteFile> now) {
        try {
            List<RouteFile> files = Proposal.with(follower.base(), now);
            if (!files.equals(follower.running().files()) && !wasTaken(files)) {
                editor.apply(ACTOR, "apply", "the folder " + folder + " changed", null, Edit.Owed.KEEP,
                        running -> files);
            }
            taken = now;
            trouble = null;
        } catch (EditRefused e) {
            if (LATER.contains(e.reason())) {
                return;
            }
            audit.add(ACTOR, "apply", "routes", "refused: " + e.getMessage());
            taken = now;
            trouble = said(trouble, e.getMessage());
        } catch (DataAccessException | TransactionException e) {
            // The failure says nothing of the files; the next look tries again.
            throw e;
        } catch (RuntimeException | Error e) {
            taken = now;
            trouble = said(trouble, "the hub failed at them (" + e
                    + "); change them, and report it to the hub's maintainers");
            throw e;
        }
    }

    /**
     * Whether this state was applied before the hub started. A revision that was put in force since by another way stays.
     */
    private boolean wasTaken(List<RouteFile> files) {
        return taken == null && rows.lastOf(ACTOR.name()).filter(last -> last.files().equals(files)).isPresent();
    }

    private String said(String before, String what) {
        if (!what.equals(before)) {
            LOG.error("the route files of {} are not taken, what runs goes on: {}", folder, what);
        }
        return what;
    }

    private List<RouteFile> read() throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.list(folder)) {
            // The folders that Kubernetes makes in a ConfigMap begin with two dots.
            paths = all.filter(path -> !path.getFileName().toString().startsWith(".") && Files.isRegularFile(path)
                    && Stream.of(".yaml", ".yml").anyMatch(path.getFileName().toString()::endsWith)).sorted().toList();
        }
        List<RouteFile> files = new ArrayList<>();
        for (Path path : paths) {
            String name = path.getFileName().toString().replaceFirst("\\.yml$", ".yaml");
            if (files.stream().map(RouteFile::name).anyMatch(name::equals)) {
                throw new IllegalArgumentException(path.getFileName() + " and " + name + " have the same name to the hub, "
                        + "where .yml is .yaml; take one of them out");
            }
            try (InputStream in = Files.newInputStream(path)) {
                files.add(new RouteFile(name, new String(in.readNBytes(RouteFile.LARGEST + 1), StandardCharsets.UTF_8)));
            }
        }
        return files;
    }
}
