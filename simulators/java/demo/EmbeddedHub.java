package demo;

import hub.Hub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The hub in this JVM, as it is shipped, between the neighbours of a demo. */
final class EmbeddedHub implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private EmbeddedHub(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts the hub, with the panel's way through it, and returns when it takes requests. */
    static EmbeddedHub start(Map<String, String> properties) {
        List<String> arguments = new ArrayList<>();
        properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new EmbeddedHub(new SpringApplicationBuilder(Hub.class, PanelConfiguration.class)
                .bannerMode(Banner.Mode.OFF)
                // The demo ends its parts in order; Spring's own hook would run beside that.
                .registerShutdownHook(false)
                .run(arguments.toArray(String[]::new)));
    }

    /** Lets what is in flight finish, then ends. */
    @Override
    public void close() {
        context.close();
    }
}
