package hub;

import java.util.List;
import lifecycle.Vital;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tomcat's acceptor and poller, the two threads without which it answers nothing. */
@Component
class ServerThreads implements Vital {

    private volatile List<Thread> threads = List.of();

    @EventListener
    void started(ServletWebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() == null
                && event.getWebServer() instanceof TomcatWebServer tomcat
                && tomcat.getTomcat().getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
            // With a port chosen by the system, this name holds the port and the threads' names do not.
            String name = protocol.getName().replace("\"", "") + "-";
            threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> isOf(name, thread, "Acceptor") || isOf(name, thread, "Poller")).toList();
        }
    }

    private static boolean isOf(String server, Thread thread, String role) {
        String name = thread.getName();
        return name.endsWith("-" + role) && server.startsWith(name.substring(0, name.length() - role.length()));
    }

    @Override
    public List<String> ended() {
        return threads.stream().filter(thread -> !thread.isAlive()).map(Thread::getName).toList();
    }
}
