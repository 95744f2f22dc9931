/**
 * The application: how it is started and wired, the settings that it takes, the web server and its limits, who may do what,
 * and the checks of database and topics at the start. It may use every other room; no other room uses it. What becomes of an
 * order does not belong here.
 */
package hub;
