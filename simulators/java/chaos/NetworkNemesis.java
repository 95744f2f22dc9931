package chaos;

import embedded.TcpProxy;
import embedded.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** What befalls the connections of both hubs to one of those they need. */
record NetworkNemesis(Cluster.Link link, Harm harm) implements Nemesis {

    enum Harm {
        /** Every chunk comes late. */
        DELAYED(Duration.ofSeconds(4)),
        /** Closed, and new ones refused. */
        CUT(Duration.ofSeconds(3)),
        /** Open, and nothing comes through. */
        HANGING(Duration.ofSeconds(7)),
        /** What is asked arrives, what is answered doesn't. */
        HALF_OPEN(Duration.ofSeconds(7)),
        /** Ended by an RST; new ones are taken at once. */
        RESET(Duration.ofSeconds(1));

        private final Duration length;

        Harm(Duration length) {
            this.length = length;
        }
    }

    private static final Duration DELAY = Duration.ofMillis(300);
    private static final Duration LONGEST_UNUSED = Duration.ofSeconds(10);

    static List<Nemesis> all() {
        List<Nemesis> all = new ArrayList<>();
        for (Cluster.Link link : List.of(Cluster.Link.TO_DATABASE, Cluster.Link.TO_BROKER)) {
            for (Harm harm : Harm.values()) {
                all.add(new NetworkNemesis(link, harm));
            }
        }
        // One of each harm is enough for the neighbours, whose faults strike all the time anyway.
        all.add(new NetworkNemesis(Cluster.Link.TO_BARISTA, Harm.CUT));
        all.add(new NetworkNemesis(Cluster.Link.TO_BARISTA, Harm.HALF_OPEN));
        all.add(new NetworkNemesis(Cluster.Link.TO_DISPATCH, Harm.HANGING));
        all.add(new NetworkNemesis(Cluster.Link.TO_DISPATCH, Harm.RESET));
        all.add(new NetworkNemesis(Cluster.Link.TO_PAYMENT, Harm.DELAYED));
        return all;
    }

    @Override
    public String title() {
        return "connections " + link.text() + ' ' + harm.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Duration usualLength(ChaosPlan plan) {
        return harm.length;
    }

    @Override
    public String strike(Cluster cluster, SplittableRandom chance) {
        TcpProxy proxy = cluster.proxy(link);
        // After another blow it may take a while until somebody connects again.
        Wait.until(proxy::isUsed, LONGEST_UNUSED);
        switch (harm) {
            case DELAYED -> proxy.delay(DELAY);
            case CUT -> proxy.cut();
            case HANGING -> proxy.hang();
            case HALF_OPEN -> proxy.mute();
            case RESET -> proxy.reset();
        }
        Wait.lasting(harm.length);
        long touched = proxy.touched();
        proxy.pass();
        if (touched == 0) {
            throw new NoEffect("no connection " + link.text() + " was open or used in that time");
        }
        return touched + (harm == Harm.CUT || harm == Harm.RESET ? " connections" : " chunks") + " were met";
    }
}
