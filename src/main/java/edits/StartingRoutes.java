package edits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelSpringBootRoutesCollector;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.context.ApplicationContext;

/**
 * What Camel starts with: the revision in force, or the files that {@code camel.main.routes-include-pattern} names as long
 * as there is none.
 */
final class StartingRoutes extends CamelSpringBootRoutesCollector {

    private final ApplicationContext context;

    StartingRoutes(ApplicationContext context) {
        super(context, true);
        this.context = context;
    }

    @Override
    public Collection<RoutesBuilder> collectRoutesFromDirectory(CamelContext camel, String exclude, String include) {
        List<Resource> texts = context.getBean(Editing.class).begin(shipped(findRouteResourcesFromDirectory(camel, exclude,
                include))).stream().map(text -> ResourceHelper.fromString("route.yaml", text)).toList();
        try {
            return PluginHelper.getRoutesLoader(camel).findRoutesBuilders(texts);
        } catch (Exception e) {
            throw new IllegalStateException("the routes can't be loaded", e);
        }
    }

    /** Two of the same name are told apart by their folders. */
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
