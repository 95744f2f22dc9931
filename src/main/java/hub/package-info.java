/**
 * The application: how it is started and wired, its settings, the web server and its limits, authentication and access
 * rules, and the checks of database and topics at the start. It may use every room except {@link cli}; only {@link launch}
 * uses it. What becomes of an order does not belong here.
 */
package hub;
