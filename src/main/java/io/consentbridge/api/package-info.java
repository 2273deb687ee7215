/**
 * The one set of operations behind every face, what they show, and the HTTP API of a running runtime.
 *
 * <p>Views are plain records that print as the documented JSON. How something is carried out belongs to the packages
 * above; how it looks on a terminal belongs to {@code cli}.
 */
package io.consentbridge.api;
