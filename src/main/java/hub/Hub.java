package hub;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The integration hub: the order system's side of every arrow. */
@SpringBootApplication(scanBasePackages = {"hub", "routes"})
@ConfigurationPropertiesScan("hub")
public class Hub {

    public static void main(String[] args) {
        SpringApplication.run(Hub.class, args);
    }
}
