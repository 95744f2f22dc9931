package hub;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The Spring Boot application: the order system's side of every arrow of the diagram. */
@SpringBootApplication(scanBasePackages = {"hub", "routes", "edits"})
@ConfigurationPropertiesScan("hub")
public class Hub {

    public static void main(String[] args) {
        SpringApplication.run(Hub.class, args);
    }
}
