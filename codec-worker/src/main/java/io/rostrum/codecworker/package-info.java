/**
 * The codec worker: a plain JVM without credentials that turns one broadcast's source segments into
 * encoded renditions.
 *
 * <p>{@code Main} protects standard output, loads the libraries and starts a {@code RequestPump},
 * which reads framed requests from standard input on its own thread and ends the process when that
 * input ends. {@code Worker} takes the requests in order. Per segment it makes a {@link
 * io.rostrum.codecworker.segment.SegmentJob}: a fresh decoder and chain of scalers on the worker's
 * thread, and per rung a fresh encoder on a thread of its own.
 */
package io.rostrum.codecworker;
