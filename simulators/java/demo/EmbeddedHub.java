package demo;

import hub.Hub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The hub in this JVM, with the routes and settings that it is shipped with. */
final class EmbeddedHub implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private EmbeddedHub(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts the hub with the proxy to the panel, and returns when it takes requests. */
    static EmbeddedHub start(Map<String, String> properties) {
        List<String> arguments = new ArrayList<>();
        properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new EmbeddedHub(new SpringApplicationBuilder(Hub.class, PanelConfiguration.class)
                .bannerMode(Banner.Mode.OFF)
                // The demo closes its parts in order; Spring's own hook would run concurrently.
                .registerShutdownHook(false)
                .run(arguments.toArray(String[]::new)));
    }

    /** Shuts the hub down, which first finishes its work in flight. */
    @Override
    public void close() {
        context.close();
    }
}
