/**
 * The command line for people who run hubs: {@code java -jar lucky-hub.jar routes …}. It reaches a running hub by its HTTP
 * API only, and checks files with {@link edits.rules} and {@link edits.Proposal}. It starts no hub and no application
 * context.
 */
package cli;
