/** The main class: wires the packages below it, nothing else. */
package io.consentbridge;
