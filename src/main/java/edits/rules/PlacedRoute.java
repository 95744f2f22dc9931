package edits.rules;

/** A route, and its place in a file. */
public record PlacedRoute(RouteSource route, YamlValue where) {
}
