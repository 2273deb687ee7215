/** What the sandbox does besides answering: counts and remembers calls, records violations, makes calls fail. */
package io.consentbridge.sandbox.watch;
