/**
 * The only code that touches libav. Every native object has one owner, a class here that is {@code
 * AutoCloseable} and frees it; nothing is left to a garbage collector, and there are no callbacks
 * from native code into Java.
 *
 * <p>"Again" and "end of stream" are states of libavcodec and never exceptions; every other
 * negative return code is a {@link io.rostrum.codecworker.libav.LibavException}.
 */
package io.rostrum.codecworker.libav;
