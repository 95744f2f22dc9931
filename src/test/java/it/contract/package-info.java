/** Clients that are generated from the contract. */
package it.contract;
