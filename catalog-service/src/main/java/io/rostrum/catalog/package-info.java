/**
 * The catalog: what producers want of their broadcasts, and the index of what became of them.
 *
 * <p>Intent goes REST → Postgres → transactional outbox → {@code broadcasts} topic; facts come
 * {@code timeline} topic → Postgres → REST. No running broadcast waits for any of it.
 *
 * <p>Packages by feature. {@code broadcast} is the centre and knows none of the others but {@code
 * outbox}, {@code security}, {@code problem} and {@code address}; {@code library}, {@code
 * streamkey}, {@code timeline}, {@code playbacksession} and {@code deletion} stand on it.
 */
package io.rostrum.catalog;
