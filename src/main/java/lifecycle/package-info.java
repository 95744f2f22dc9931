/**
 * How a hub starts and stays alive: settings that it refuses to start with, work that is repeated for as long as it runs,
 * and threads whose end ends it. It knows nothing of orders or routes; every other room may use it.
 */
package lifecycle;
