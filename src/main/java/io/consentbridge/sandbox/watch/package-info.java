/** What the sandbox sees and does beside answering: counts and remembers calls, notes violations, makes calls fail. */
package io.consentbridge.sandbox.watch;
