/**
 * The rights of one person: suppressions by hand and their release, the export of everything that is held, and erasure.
 *
 * <p>It serves no route file. People leave lists through the {@code outbox}; suppressions belong to {@code audience}.
 */
package io.consentbridge.person;
