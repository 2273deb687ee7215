/**
 * How far each sync has read, and what it knows of each record: cursors (watermarks) of pages, sweeps and selections, and
 * the records that it has read.
 *
 * <p>It serves no route file of its own: {@code decision} writes it in the transaction that stores a page's decisions, and
 * {@code polling} begins where it ends.
 */
package io.consentbridge.cursor;
