/**
 * The command line for people who run hubs: {@code java -jar lucky-hub.jar routes …}. It knows a running hub by its HTTP API
 * alone, and checks files with {@link edits.rules} and {@link edits.Proposal}. No hub is started here, and no Spring.
 */
package cli;
