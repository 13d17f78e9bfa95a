/** What encoding costs: the codec child, and ffmpeg's own command line with the same libraries. */
package io.rostrum.benchmarks.encoding;
