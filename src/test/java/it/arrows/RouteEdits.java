package it.arrows;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import testbed.NeighbourServer;
import testbed.RouteEdit;
import testbed.SharedHub;

/**
 * What ops change in a route changes what the hub does: in each test one route is edited in the running hub, and is as
 * shipped again afterwards, however the test ended. Each test carries its route's id as a tag.
 */
abstract class RouteEdits {

    final SharedHub bed = SharedHub.shared();
    /** A neighbour that no shipped route knows. */
    final NeighbourServer elsewhere = new NeighbourServer();
    private RouteEdit edit;

    final void edit(String id, String shipped, String edited) {
        deploy(of(id).replacing(shipped, edited));
    }

    final RouteEdit of(String id) {
        return RouteEdit.of(id, bed.hub().getBean(CamelContext.class));
    }

    final void deploy(RouteEdit prepared) {
        edit = prepared;
        edit.deploy();
    }

    final void restore() {
        if (edit != null) {
            edit.close();
            edit = null;
        }
    }

    @AfterEach
    final void theRouteIsAsShipped() {
        restore();
        elsewhere.close();
    }
}
