package simulators.barista;

import simulators.wire.Brokers;
import simulators.wire.Place;

/** Where the barista stands, what it reads from, and how fast its stores work. */
public record BaristaSettings(Place place, Brokers brokers, KitchenPace pace) {
}
