/** The RTMP wire codec. */
package io.rostrum.rtmp;
