/** AMF0: the self-describing values of RTMP commands and metadata. */
package io.rostrum.rtmp.amf0;
