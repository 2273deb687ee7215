package io.consentbridge.runtime;

import io.consentbridge.zoho.CallCounter;
import java.time.Clock;

/**
 * What components know about the process in which they run.
 *
 * @param node the name of the process among those that share the database
 * @param calls counts its calls to Zoho
 * @param clock the current time
 */
record ThisProcess(String node, CallCounter calls, Clock clock) {}
