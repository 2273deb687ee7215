/** The control API under {@code /sandbox/}, by which tests and demonstrations change and read the state of the sandbox. */
package io.consentbridge.sandbox.control;
