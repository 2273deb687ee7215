/** The sandbox's own time, which tests move instead of waiting. */
package io.consentbridge.sandbox.clock;
