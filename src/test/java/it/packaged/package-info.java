/** The programs as they are started by {@code ./hub}: the production jar, the demo, the chaos run and the bench, as processes. */
package it.packaged;
