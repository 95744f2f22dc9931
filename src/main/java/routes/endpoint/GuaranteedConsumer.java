package routes.endpoint;

import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;

/** The two consumers of a guaranteed arrow as one. */
final class GuaranteedConsumer extends DefaultConsumer implements ShutdownAware {

    private final LedgerConsumer push;
    private final PullConsumer pull;

    GuaranteedConsumer(GuaranteedEndpoint endpoint, Processor processor, LedgerConsumer push, PullConsumer pull) {
        super(endpoint, processor);
        this.push = push;
        this.pull = pull;
    }

    @Override
    public void setRoute(Route route) {
        super.setRoute(route);
        push.setRoute(route);
        pull.setRoute(route);
    }

    @Override
    public void setRouteId(String routeId) {
        super.setRouteId(routeId);
        push.setRouteId(routeId);
        pull.setRouteId(routeId);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        ServiceHelper.initService(push, pull);
    }

    /** The pull first: with it the arrow begins to be owed, and what is pushed is to be owed. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(pull, push);
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(push, pull);
        super.doStop();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return push.deferShutdown(task);
    }

    @Override
    public int getPendingExchangesSize() {
        return push.getPendingExchangesSize();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        push.prepareShutdown(suspendOnly, forced);
    }
}
