/**
 * What the tests of the running hub share: one broker, one database and one hub for the whole run, neighbours that a test
 * plays by hand, and a client that holds every answer against the contract.
 */
package testbed;
