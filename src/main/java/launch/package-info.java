/**
 * The main class of the production jar, which runs either the command line ({@link cli}) or a hub ({@link hub}), so that
 * neither knows the other. What either of them does does not belong here.
 */
package launch;
