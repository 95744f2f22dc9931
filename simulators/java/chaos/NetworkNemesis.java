package chaos;

import embedded.TcpProxy;
import embedded.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Failures of the connections of both hubs to one of their servers. */
record NetworkNemesis(Cluster.Link link, Harm harm) implements Nemesis {

    enum Harm {
        /** Every chunk of bytes is delayed. */
        DELAYED(Duration.ofSeconds(4)),
        /** Closed; new connections are refused. */
        CUT(Duration.ofSeconds(3)),
        /** Open; nothing is forwarded. */
        HANGING(Duration.ofSeconds(7)),
        /** Requests are forwarded, answers aren't. */
        HALF_OPEN(Duration.ofSeconds(7)),
        /** Ended by a reset (RST); new connections are taken at once. */
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
        // One of each is enough for the neighbours, whose own faults strike all the time.
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
        // After another nemesis it may take a while until the hubs connect again.
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
        return touched + (harm == Harm.CUT || harm == Harm.RESET ? " connections" : " chunks") + " were affected";
    }
}
