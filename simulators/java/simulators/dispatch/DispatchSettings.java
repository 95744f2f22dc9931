package simulators.dispatch;

import simulators.wire.Brokers;
import simulators.wire.Place;

/** Where dispatch stands, what it reads from, and how its couriers work. */
public record DispatchSettings(Place place, Brokers brokers, CourierPace pace) {
}
