/**
 * The data source, its migrations, transactions, and what several packages keep in it.
 *
 * <p>What rows mean belongs to the package that writes them.
 */
package io.consentbridge.store;
