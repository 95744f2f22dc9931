/**
 * The journal that each simulator keeps: every request that reached it and what it did, on disk before it acts on it. A
 * check reads these journals and doesn't depend on what the hub says. It knows files and entries; what an entry leads to
 * belongs in the simulators and in {@code simulators.balance}.
 */
package simulators.journal;
