/**
 * The people that a sandbox starts with: every record follows from (seed, module, place) alone, so nothing is stored.
 * All mail domains are reserved ones; nobody real can be mailed.
 */
package io.consentbridge.sandbox.people;
