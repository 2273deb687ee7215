/** The control API under {@code /sandbox/}: what tests and demonstrations do to the world and read of it. */
package io.consentbridge.sandbox.control;
