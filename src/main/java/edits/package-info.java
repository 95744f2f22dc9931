/**
 * How a route file is checked, compared, applied and kept.
 *
 * <p>There is one way in for every kind of edit: check, dry run, difference, apply, keep. A bad edit changes nothing that runs.
 * What is checked is what runs: routes are loaded from the data that was checked, not from the text it was read from.
 */
package edits;
