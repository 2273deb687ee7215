/**
 * One running installation: the parts put together, the routes loaded, watched and reloaded, health and metrics.
 *
 * <p>What people can ask of it belongs to {@code api}.
 */
package io.consentbridge.runtime;
