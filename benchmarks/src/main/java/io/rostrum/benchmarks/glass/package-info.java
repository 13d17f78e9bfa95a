/** From the publisher's glass to the viewer's: how old the picture is that somebody sees. */
package io.rostrum.benchmarks.glass;
