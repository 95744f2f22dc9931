package edits;

import edits.rules.RouteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.StartupListener;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelSpringBootRoutesCollector;
import org.springframework.context.ApplicationContext;

/**
 * Finds the route files that {@code camel.main.routes-include-pattern} names, and keeps them from Camel, which would not
 * start at all if one of their routes can't. {@link RevisionFollower} starts them, or the revision in force in their place,
 * once Camel runs.
 */
final class RouteFileCollector extends CamelSpringBootRoutesCollector {

    private final ApplicationContext context;

    RouteFileCollector(ApplicationContext context) {
        super(context, true);
        this.context = context;
    }

    @Override
    public Collection<RoutesBuilder> collectRoutesFromDirectory(CamelContext camel, String exclude, String include) {
        RevisionFollower follower = context.getBean(RevisionFollower.class);
        List<RouteFile> shipped = shipped(findRouteResourcesFromDirectory(camel, exclude, include));
        try {
            camel.addStartupListener(new StartupListener() {
                @Override
                public void onCamelContextStarted(CamelContext started, boolean already) {
                    // The routes of the hub's own Java run before those of the files.
                }

                @Override
                public void onCamelContextFullyStarted(CamelContext started, boolean already) {
                    follower.begin(shipped);
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException("the routes can't be started", e);
        }
        return List.of();
    }

    /** Names the folder, too, as two files may have the same name. */
    private static List<RouteFile> shipped(Collection<Resource> resources) {
        List<RouteFile> files = new ArrayList<>();
        for (Resource resource : resources) {
            Path path = Path.of(resource.getLocation().replaceFirst("^[a-z]+:", ""));
            String name = path.getFileName().toString();
            if (files.stream().map(RouteFile::name).anyMatch(name::equals)) {
                name = path.toAbsolutePath().getParent().getFileName() + ".yaml";
            }
            try (var in = resource.getInputStream()) {
                files.add(new RouteFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }
}
