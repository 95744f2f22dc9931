package routes;

import java.util.function.BiConsumer;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Takes the place of an endpoint whose address and options were checked: it records messages and connects to nothing. */
final class RecordingEndpoint extends DefaultEndpoint {

    private final Endpoint real;
    private final BiConsumer<Endpoint, Exchange> said;
    private final BiConsumer<String, Processor> begun;

    /**
     * @param said  takes each message that is sent here
     * @param begun takes the processor of the route that begins here, by route id
     */
    RecordingEndpoint(Endpoint real, BiConsumer<Endpoint, Exchange> said, BiConsumer<String, Processor> begun) {
        super(real.getEndpointUri(), null);
        this.real = real;
        this.said = said;
        this.begun = begun;
        setCamelContext(real.getCamelContext());
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                said.accept(real, exchange);
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new DefaultConsumer(this, processor) {
            @Override
            protected void doStart() throws Exception {
                super.doStart();
                begun.accept(getRouteId(), getProcessor());
            }
        };
    }

    @Override
    public boolean isSingleton() {
        return true;
    }
}
