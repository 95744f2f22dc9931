package edits.rules;

/**
 * A file of routes, as ops wrote it.
 *
 * @param name its base name, as in {@code routes.yaml}; by it the file replaces the one before
 */
public record RouteFile(String name, String text) {

    /** Bytes of a file, at most: eighteen times what is shipped. */
    public static final int LARGEST = 256 * 1024;

    private static final Form NAME = Form.of(65, "[a-z0-9][a-z0-9-]{0,59}\\.yaml");

    /** @throws IllegalArgumentException when a route file may not have the name */
    public RouteFile {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "a route file's name is of small letters, digits and hyphens and ends in .yaml, as in loyalty.yaml");
        }
        text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    static boolean isName(String name) {
        return name != null && NAME.fits(name);
    }

    /** @param number from 1 on; empty when the file has fewer lines */
    String line(int number) {
        return text.lines().skip(number - 1L).findFirst().orElse("");
    }
}
