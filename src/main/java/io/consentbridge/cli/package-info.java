/**
 * The command line: commands, tables, exit status. Every command uses the API of the runtime when one is up, and does the
 * work itself when none is.
 *
 * <p>The operations themselves belong to {@code api} and below; nothing here decides about people.
 */
package io.consentbridge.cli;
