/** The programs that {@code ./hub} starts, as processes: the production jar, the demo, the chaos run and the bench. */
package it.packaged;
