/**
 * The command line: commands, tables, exit status. Every command asks the runtime over its API when one is up, and does
 * the work itself when none is.
 *
 * <p>What an operation does belongs to {@code api} and below; nothing here decides about people.
 */
package io.consentbridge.cli;
