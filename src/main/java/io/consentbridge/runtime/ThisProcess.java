package io.consentbridge.runtime;

import io.consentbridge.zoho.CallCounter;
import java.time.Clock;

/**
 * What components know of the process that they run in.
 *
 * @param node names it among those that share the database
 * @param calls counts its calls of Zoho
 * @param clock what time it is
 */
record ThisProcess(String node, CallCounter calls, Clock clock) {}
