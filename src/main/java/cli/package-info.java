/** The command line for whoever runs hubs: {@code java -jar lucky-hub.jar routes …}. It knows a hub by its HTTP API alone. */
package cli;
