package simulators.barista;

import simulators.wire.Brokers;
import simulators.wire.Place;

/** Settings of the barista: address, journal, seed and faults; Kafka; how fast its stores work. */
public record BaristaSettings(Place place, Brokers brokers, KitchenPace pace) {
}
