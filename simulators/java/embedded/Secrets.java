package embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Random secrets for the demo and the tests; none is part of the repository. */
public final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private Secrets() {
    }

    /** A new secret of letters, digits, hyphens and underscores. */
    public static String made() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    /** A new key for signing callbacks, in the form of Standard Webhooks. */
    public static String webhookKey() {
        return "whsec_" + Base64.getEncoder().encodeToString(bytes());
    }

    /** The secret in this file, or a new one, which is written to the file, readable by its owner only. */
    static String kept(Path file) {
        return kept(file, made());
    }

    /** The secret in this file, or the given one, which is written to the file, readable by its owner only. */
    public static String kept(Path file, String otherwise) {
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            // Moved into place, so that the file has the whole secret or doesn't exist, even after a kill.
            Path whole = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(whole);
            Files.createFile(whole, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(whole, otherwise);
            Files.move(whole, file);
            return otherwise;
        } catch (IOException e) {
            throw new UncheckedIOException("can't keep a secret in " + file, e);
        }
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
