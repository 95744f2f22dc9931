/**
 * What the hub does with input that it should never have got, and while what it stands on is away: a clear error, and
 * nothing lost.
 */
package it.badinput;
