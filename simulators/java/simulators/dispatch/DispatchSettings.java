package simulators.dispatch;

import simulators.wire.Brokers;
import simulators.wire.Place;

/** Settings of dispatch: address, journal, seed and faults; Kafka; how its couriers work. */
public record DispatchSettings(Place place, Brokers brokers, CourierPace pace) {
}
