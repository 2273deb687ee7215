/**
 * The one set of operations behind the command line and the HTTP API, what they show, and the HTTP API of a running runtime.
 *
 * <p>Views are plain records that print as the documented JSON. The packages above carry operations out; {@code cli} lays
 * them out for a terminal.
 */
package io.consentbridge.api;
