/**
 * Power loss, played on files: what a process writes and syncs is recorded with strace, and the disk that a machine without
 * power may leave is made from any moment of it.
 */
package io.consentbridge.powerloss;
