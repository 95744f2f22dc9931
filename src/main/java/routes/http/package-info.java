/**
 * Requests to the hub and its answers: reading bodies and parameters, allowed headers, problem details, paging. It knows
 * neither the ledger's orders nor any path. The content of an answer belongs to the room that answers.
 */
package routes.http;
