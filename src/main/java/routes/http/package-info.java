/**
 * Requests to the hub and its answers: how a body is read, which headers are let in and out, problem details, paging. It
 * knows neither the ledger nor any path. What an answer says belongs to the room that answers.
 */
package routes.http;
