/**
 * What crosses the wire between the hub and its neighbours: one record a message, checked on construction.
 *
 * <p>The JSON schemas of these records stand in {@code src/main/resources/contract}, the hub's own HTTP interface in
 * {@code openapi.yaml} beside them. Nothing here knows how a message travels.
 */
package contract;
